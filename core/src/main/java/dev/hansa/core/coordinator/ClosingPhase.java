package dev.hansa.core.coordinator;

import java.util.ArrayList;
import java.util.List;

/**
 * The time after the last round: one question after the other, each committed before the next.
 *
 * <p>A loop that goes on after a crash does not ask again what was committed, and asks of the question at hand those who
 * were asked before.
 */
final class ClosingPhase {
    private final String run;
    private final RunSpec spec;
    private final Store store;
    private final Asker asker;

    ClosingPhase(String run, RunSpec spec, Store store, Asker asker) {
        this.run = run;
        this.spec = spec;
        this.store = store;
        this.asker = asker;
    }

    private List<ClosingQuestion> questions(Checkpoint last) {
        List<ClosingQuestion> questions = new ArrayList<>();
        if (!spec.personalization().isNone()) {
            questions.add(new PersonalModels(run, spec));
        }
        if (spec.evaluation().crossSite()) {
            CrossSite.clients(spec, last).forEach(client -> questions.add(new CrossSite(run, spec, client)));
        }
        return questions;
    }

    /** Whether nothing is left to be asked. */
    boolean isOver(Checkpoint last) {
        return questions(last).stream().allMatch(question -> question.isOver(last.closing()));
    }

    /** Asks what is left to be asked, unless an operator ends the run. */
    void hold(Checkpoint last, StopSignal stop) throws InterruptedException {
        Checkpoint now = last;
        for (ClosingQuestion question : questions(last)) {
            if (!stop.isGiven() && !question.isOver(now.closing())) {
                Closing closing = question.ask(now, asker);
                now = now.with(closing, asker.refused());
                store.save(run, now, new RunEvent.Closed(closing));
                asker.release();
            }
        }
    }
}
