package dev.hansa.core.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

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

    private List<ClosingQuestion> questions() {
        List<ClosingQuestion> questions = new ArrayList<>();
        if (!spec.personalization().isNone()) {
            questions.add(new PersonalModels(run, spec));
        }
        return questions;
    }

    /** Asks what is left to be asked, unless an operator ends the run. */
    void hold(Checkpoint last, StopSignal stop) throws InterruptedException {
        Checkpoint now = last;
        for (ClosingQuestion question : questions()) {
            if (!stop.isGiven() && !now.closing().asked().contains(question.phase())) {
                SortedSet<String> clients = asker.asked(now.state().round(), question.phase())
                        .map(Fleet.Asked::clients).orElseGet(asker::available);
                Closing closing = question.ask(now, clients, asker).after(question.phase());
                now = now.with(closing, asker.refused());
                store.save(run, now, new RunEvent.Closed(closing));
                asker.release();
            }
        }
    }
}
