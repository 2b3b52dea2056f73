package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Asks each client to finish and keep a model of its own, and how good it is beside the shared one. */
record PersonalModels(String run, RunSpec spec) implements ClosingQuestion {

    @Override
    public boolean isOver(Closing closing) {
        return closing.asked().contains(Phase.PERSONALISE);
    }

    @Override
    public Closing ask(Checkpoint last, Asker asker) throws InterruptedException {
        int round = last.state().round();
        SortedSet<String> clients = asker.asked(round, Phase.PERSONALISE).map(Fleet.Asked::clients)
                .orElseGet(asker::available);
        Seed seed = spec.seed().derive("personalise");
        LocalTraining training = training(last);
        Detail detail = spec.evaluation().detail();
        SortedMap<String, Closing.Personal> answers = new TreeMap<>();
        asker.ask(new Fleet.Question(round, Phase.PERSONALISE, 1), clients,
                client -> new Task.Personalise(run, round, spec.data(), last.preprocessing(), spec.model(),
                        last.state().parameters(), spec.personalization(), training, seed.derive(client), detail,
                        last.lastCounted(client)),
                Report.Personalised.class, (client, report) -> {
                    Optional<String> problem = Stream.of(report.shared(), report.personal())
                            .map(spec::problem).filter(Optional::isPresent).map(Optional::get)
                            .findFirst();
                    if (problem.isPresent()) {
                        asker.fail(round, client, problem.get());
                    } else {
                        answers.put(client,
                                new Closing.Personal(metrics(report.shared()), metrics(report.personal())));
                    }
                });
        SortedMap<String, String> without = new TreeMap<>();
        last.rows().keySet().stream().filter(client -> !answers.containsKey(client))
                .forEach(client -> without.put(client, asker.whyNot(client, clients)));
        return last.closing().withPersonal(answers).without(without).after(Phase.PERSONALISE);
    }

    private Metrics metrics(Sums sums) {
        return Metrics.of(sums).only(spec.evaluation().metrics());
    }

    private LocalTraining training(Checkpoint last) {
        return training(spec, last.strategy(spec).plan(last.state()).training());
    }

    /** That of a round, as far as it is each client's own affair. */
    static LocalTraining training(RunSpec spec, LocalTraining ofRound) {
        LocalTraining plain = ofRound.plain();
        if (spec.personalization() instanceof FineTuning tuning) {
            return plain.withEpochs(tuning.epochs()).withRate(tuning.rate().orElse(plain.rate()));
        }
        return plain;
    }
}
