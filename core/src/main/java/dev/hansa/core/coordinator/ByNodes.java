package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.ToIntFunction;

/** Nodes measure the model of a round, all at once. */
final class ByNodes {
    private final RunSpec spec;
    private final Asker asker;

    ByNodes(RunSpec spec, Asker asker) {
        this.spec = spec;
        this.asker = asker;
    }

    /**
     * Asks those whom an earlier process asked, or who are there.
     *
     * @param question about which round, at which attempt
     * @param counted  by client: the last round up to that one whose update of it was counted; 0 for none
     * @param progress where the answers go
     */
    void measure(Parameters model, Fleet.Question question, Assignments assignments, ToIntFunction<String> counted,
            RoundInProgress progress) throws InterruptedException {
        int round = question.round();
        SortedSet<String> clients = asker.asked(round, Phase.EVALUATE).map(Fleet.Asked::clients)
                .orElseGet(() -> spec.measuring(round, asker.available(), 0));
        progress.moved(asker.ask(question, clients,
                client -> assignments.evaluate(model, round, counted.applyAsInt(client)),
                Report.Evaluated.class, (client, evaluated) -> {
                    Optional<String> problem = spec.problem(evaluated.sums());
                    if (problem.isPresent()) {
                        asker.fail(round, client, problem.get());
                    } else {
                        progress.evaluated(client, evaluated.sums());
                    }
                }));
    }
}
