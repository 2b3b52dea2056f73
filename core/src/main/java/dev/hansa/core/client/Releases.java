package dev.hansa.core.client;

import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Task;
import java.util.List;
import java.util.SortedMap;

/**
 * Keeps a client that adds noise itself to one update a round. If a round is tried again, a second update would give as much
 * away as the first: with the same noise, what changed beside it would show; with other noise, the mean of both has less.
 */
final class Releases {
    private static final String NAME = "released";
    private static final Layout MARK = Layout.of(new TensorShape("mark", List.of(1)));

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

    /** Whether the round has got all that it may have. */
    boolean isTold() {
        return addsNoise() && memory.of(task.run(), task.round())
                .filter(kept -> Bundle.part(NAME, kept).layout().equals(MARK)).isPresent();
    }

    /** Notes it among what is remembered of the round, before anything leaves. */
    void note(SortedMap<String, Parameters> remember) {
        if (addsNoise()) {
            remember.put(NAME, Parameters.zeros(MARK));
        }
    }
}
