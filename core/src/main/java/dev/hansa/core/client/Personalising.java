package dev.hansa.core.client;

import dev.hansa.core.data.Examples;
import dev.hansa.core.learn.LabelUnits;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.Optional;

/** The end of a run for one client: its own model is finished, kept and measured. */
record Personalising(Task.Personalise task, Learner learner, ClientMemory memory) {

    /**
     * Trains on the former, of which there is at least one, and measures on the latter.
     *
     * @param told of the latter
     */
    Report on(Examples training, Examples heldOut, Detail told) throws InterruptedException {
        Optional<Parameters> own = own(training);
        if (!own.isPresent()) {
            return new Report.Failed(
                    "it has nothing of its own: no update of it was counted, or what it remembered is lost");
        }
        if (!own.get().isFinite()) {
            return new Report.Failed("the training of its own model diverged; a smaller personalization.rate may help");
        }
        memory.keepPersonal(task.run(), task.round(), own.get());
        return new Report.Personalised(sums(task.parameters(), heldOut, told), sums(own.get(), heldOut, told));
    }

    private Optional<Parameters> own(Examples training) throws InterruptedException {
        Optional<Parameters> model =
                new OwnModel(task.personalization(), learner, new DataMemory(memory, task), task.counted())
                        .of(task.parameters(), () -> training);
        return model.isPresent() && task.personalization() instanceof FineTuning
                ? Optional.of(learner.fit(model.get(), training, task.training(), task.seed()).parameters())
                : model;
    }

    /** What was sent may be no whole model. */
    private Sums sums(Parameters model, Examples heldOut, Detail told) {
        return model.layout().equals(learner.layout())
                ? LabelUnits.of(task.preprocessing().label(), learner.evaluate(model, heldOut, told))
                : Sums.NONE;
    }
}
