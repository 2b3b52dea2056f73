package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The measuring of one round's model while training goes on: each client measures when it has done what it is doing. */
final class EvaluationUnderWay {
    private final String run;
    private final RunSpec spec;
    private final Asker asker;
    private final int round;
    private final RoundInProgress progress;
    private final List<Fleet.Sent> asked = new ArrayList<>();
    /** Who has not answered yet. */
    private final SortedSet<String> waiting = new TreeSet<>();

    EvaluationUnderWay(String run, RunSpec spec, Asker asker, int round) {
        this.run = run;
        this.spec = spec;
        this.asker = asker;
        this.round = round;
        this.progress = new RoundInProgress(spec.evaluation().metrics());
    }

    /** Asks the client to measure the model. */
    void ask(String client, Checkpoint now, Parameters model) throws InterruptedException {
        Fleet.Sent sent = new Fleet.Sent(new Fleet.Question(round, Phase.EVALUATE, 1), client);
        waiting.add(client);
        asked.add(sent);
        int counted = now.asOf(round, model).lastCounted(client); // the same again after a restart, whatever came since
        asker.send(sent, new Assignments(run, spec, now).evaluate(model, round, counted));
    }

    void take(Fleet.Answer answer) {
        String client = answer.sent().client();
        waiting.remove(client);
        progress.moved(client, answer.traffic());
        asker.answered(answer, Report.Evaluated.class).ifPresent(evaluated -> {
            Optional<String> problem = spec.problem(evaluated.sums());
            if (problem.isPresent()) {
                asker.fail(round, client, problem.get());
            } else {
                progress.evaluated(client, evaluated.sums());
            }
        });
    }

    /** Nobody is waited for any more. */
    boolean isOver() {
        return waiting.isEmpty();
    }

    /** What was sent, whether it is answered or not. */
    List<Fleet.Sent> asked() {
        return Collections.unmodifiableList(asked);
    }

    int round() {
        return round;
    }

    /** The record of the round, with what was measured. */
    RoundRecord completed(RoundRecord record) {
        return progress.evaluated(record);
    }
}
