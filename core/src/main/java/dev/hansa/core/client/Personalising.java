package dev.hansa.core.client;

import dev.hansa.core.data.Examples;
import dev.hansa.core.learn.LabelUnits;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;

/** The end of a run for one client: its own model is finished, kept and measured. */
record Personalising(Task.Personalise task, Learner learner, ClientMemory memory) {

    Personalising {
        task.parameters().requireSameLayout(learner.layout());
    }

    /**
     * Trains on the former, of which there is at least one, and measures on the latter.
     *
     * @param told of the latter
     */
    Report on(Examples training, Examples heldOut, Detail told) throws InterruptedException {
        Parameters own = learner.fit(task.parameters(), training, task.training(), task.seed()).parameters();
        if (!own.isFinite()) {
            return new Report.Failed("the training of its own model diverged; a smaller personalization.rate may help");
        }
        memory.keepPersonal(task.run(), task.round(), own);
        return new Report.Personalised(sums(task.parameters(), heldOut, told), sums(own, heldOut, told));
    }

    private Sums sums(Parameters model, Examples heldOut, Detail told) {
        return LabelUnits.of(task.preprocessing().label(), learner.evaluate(model, heldOut, told));
    }
}
