package dev.hansa.core.client;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Task;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps a client that adds noise itself to one update a round. If a round is tried again, a second update would give as much
 * away as the first: with the same noise, what changed beside it would show; with other noise, the mean of both has less.
 */
final class Releases {
    private static final String NAME = "rounds";

    private final Task.Fit task;
    private final ClientMemory memory;

    Releases(Task.Fit task, ClientMemory memory) {
        this.task = task;
        this.memory = memory;
    }

    /** Whether what is told is hidden by noise of the client's own. */
    private boolean addsNoise() {
        return task.training().privacy().isPresent() || task.protection()
                .filter(how -> how.deviation() > 0 && !how.quantised().isPresent()).isPresent();
    }

    /** Whether the round has got all that it may have. Rounds beyond 2²⁴ count as told with their neighbours. */
    boolean isTold() {
        if (!addsNoise()) {
            return false;
        }
        float[] rounds = rounds();
        for (float round : rounds) {
            if (round == (float) task.round()) {
                return true;
            }
        }
        return false;
    }

    /** Notes that it has, before anything leaves. */
    void note() {
        if (addsNoise()) {
            float[] before = rounds();
            float[] rounds = Arrays.copyOf(before, before.length + 1);
            rounds[before.length] = task.round();
            memory.keepTold(task.run(), NAME,
                    Parameters.owning(Layout.of(new TensorShape(NAME, List.of(rounds.length))), rounds));
        }
    }

    /** Of which an update was told; a number of single precision each. */
    private float[] rounds() {
        return memory.told(task.run(), NAME).map(Parameters::toArray).orElse(new float[0]);
    }
}
