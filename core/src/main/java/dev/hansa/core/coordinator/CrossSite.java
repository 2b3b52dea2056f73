package dev.hansa.core.coordinator;

import dev.hansa.core.aggregate.UnusableUpdateException;
import dev.hansa.core.aggregate.Usable;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One row of the cross-site matrix: a client trains the run's last model on its own rows, as in a round, and all measure
 * what comes of it on the rows that they hold out. Each row is committed before the next, so that one model is in memory at
 * a time, and a run that is killed asks for the row at hand again: to the same model, for the seed is the same.
 *
 * <p>The client's model is {@linkplain Task.Fit#shown shown} to others: a client whose owner does not want that has no row,
 * but measures those of others.
 */
record CrossSite(String run, RunSpec spec, String client) implements ClosingQuestion {
    /** So many rows and columns; of more clients so many are drawn. */
    static final int MOST = 20;

    /** Those of the matrix: all that told of their data before the first round, or a draw of them. */
    static SortedSet<String> clients(RunSpec spec, Checkpoint last) {
        List<String> clients = new ArrayList<>(last.rows().keySet());
        SplittableRandom random = spec.seed().derive("crossSite").random();
        while (clients.size() > MOST) {
            Collections.swap(clients, random.nextInt(clients.size()), clients.size() - 1);
            clients.remove(clients.size() - 1);
        }
        return new TreeSet<>(clients);
    }

    @Override
    public boolean isOver(Closing closing) {
        return closing.crossSite().containsKey(client);
    }

    @Override
    public Closing ask(Checkpoint last, Asker asker) throws InterruptedException {
        SortedMap<String, Metrics> row = new TreeMap<>();
        SortedSet<String> asking = asking(Phase.FIT, new TreeSet<>(Collections.singleton(client)), last, asker);
        Optional<Parameters> model = asking.isEmpty() ? Optional.empty() : train(asking, last, asker);
        if (!model.isPresent()) {
            return last.closing().withRow(client, row)
                    .without(new TreeMap<>(Collections.singletonMap(client, asker.whyNot(client, asking))));
        }
        measure(model.get(), last, asker, row);
        return last.closing().withRow(client, row);
    }

    private Optional<Parameters> train(SortedSet<String> asking, Checkpoint last, Asker asker)
            throws InterruptedException {
        int round = last.state().round();
        Parameters start = last.state().parameters();
        LocalTraining training = last.strategy(spec).plan(last.state()).training().plain();
        List<Parameters> models = new ArrayList<>();
        asker.ask(new Fleet.Question(round, Phase.FIT, 1), asking,
                asked -> new Task.Fit(run, round, spec.data(), last.preprocessing(), spec.model(), start, training,
                        Compression.NONE, spec.seed().derive("crossSite").derive(client), Optional.empty(), 0,
                        Personalization.none()).shownToOthers(),
                Report.Fitted.class, (asked, fitted) -> {
                    try {
                        Parameters model =
                                start.plus(Parameters.load(Usable.difference(fitted.update(), start.layout())));
                        if (model.isFinite()) {
                            models.add(model);
                        } else {
                            asker.discard(round, asked, "its model holds values that are no finite numbers");
                        }
                    } catch (UnusableUpdateException e) {
                        asker.discard(round, asked, String.valueOf(e.getMessage()));
                    }
                });
        return models.stream().findFirst();
    }

    private void measure(Parameters model, Checkpoint last, Asker asker, SortedMap<String, Metrics> row)
            throws InterruptedException {
        int round = last.state().round();
        Detail detail = spec.evaluation().detail();
        asker.ask(new Fleet.Question(round, Phase.EVALUATE, 1),
                asking(Phase.EVALUATE, clients(spec, last), last, asker),
                asked -> new Task.Evaluate(run, round, spec.data(), last.preprocessing(), spec.model(), model, detail),
                Report.Evaluated.class, (asked, evaluated) -> {
                    Optional<String> problem = spec.problem(evaluated.sums());
                    if (problem.isPresent()) {
                        asker.fail(round, asked, problem.get());
                    } else {
                        row.put(asked, Metrics.of(evaluated.sums()).only(spec.evaluation().metrics()));
                    }
                });
    }

    /** Those who were asked by an earlier process; if none were, the wanted ones who are there. */
    private static SortedSet<String> asking(Phase phase, SortedSet<String> wanted, Checkpoint last, Asker asker) {
        SortedSet<String> those = new TreeSet<>(wanted);
        those.retainAll(asker.asked(last.state().round(), phase).map(Fleet.Asked::clients)
                .orElseGet(asker::available));
        return those;
    }
}
