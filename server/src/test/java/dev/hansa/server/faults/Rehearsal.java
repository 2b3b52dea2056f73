package dev.hansa.server.faults;

import dev.hansa.core.client.Client;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.client.Consent;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.simulation.TableSource;
import java.util.Map;
import java.util.function.LongSupplier;

/** Does again what nodes were asked, as they should have done it, beginning with what they held back. */
final class Rehearsal {
    private final Scenario scenario;
    private final Map<String, HeldBack> heldBack;

    /** @param heldBack by node */
    Rehearsal(Scenario scenario, Map<String, HeldBack> heldBack) {
        this.scenario = scenario;
        this.heldBack = heldBack;
    }

    /**
     * The update of the node.
     *
     * @param told that tells how much of the training was done
     */
    ModelUpdate update(String node, Task.Fit task, ModelUpdate told) {
        ClientMemory memory = ClientMemory.inMemory();
        heldBack.get(node).of(task.counted()).ifPresent(held -> memory.keep(task.run(), 0, task.counted(), held));
        return ((Report.Fitted) perform(node, task, memory, stopAfter(told, task.training()))).update();
    }

    /** What the node measures. */
    Metrics evaluation(String node, Task.Evaluate task) {
        return Metrics.of(((Report.Evaluated) perform(node, task, memory(node, task.counted()), Client.TIMELESS))
                .sums());
    }

    /** What the node tells of its own model. */
    Report.Personalised own(String node, Task.Personalise task) {
        return (Report.Personalised) perform(node, task, memory(node, task.counted()), Client.TIMELESS);
    }

    private ClientMemory memory(String node, int counted) {
        ClientMemory memory = ClientMemory.inMemory();
        if (counted > 0) {
            heldBack.get(node).of(counted).ifPresent(held -> memory.keep(Scenario.RUN, 0, counted, held));
        }
        return memory;
    }

    /** A clock by which the time is over when as many steps are done as in the update, of which each took one row. */
    private static LongSupplier stopAfter(ModelUpdate update, LocalTraining training) {
        long steps = Math.round(update.share() * update.weight() * training.epochs());
        long[] looks = new long[1];
        return () -> looks[0]++ <= steps ? 0 : Long.MAX_VALUE; // the first is when the work begins
    }

    private Report perform(String node, Task task, ClientMemory memory, LongSupplier nanos) {
        try {
            return new Client(Map.of(Scenario.DATA_SET, new TableSource(scenario.tables().get(node))), Consent.TO_ALL,
                    memory, nanos).perform(task);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
