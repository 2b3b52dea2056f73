package dev.hansa.core.client;

import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Task;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a client remembers from round to round of one data set. A run, which a coordinator may call as it likes, finds nothing
 * that was learnt from another: it would be told at the price of this one.
 */
record DataMemory(ClientMemory memory, String run, String dataSet) {
    /** The part that names the data set. */
    private static final String OF = "of";

    DataMemory(ClientMemory memory, Task task) {
        this(memory, task.run(), task.data().set());
    }

    /** What was kept of that very round. */
    Optional<Parameters> of(int round) {
        return memory.of(run, round).filter(kept -> Bundle.part(OF, kept).layout().equals(mark().layout()));
    }

    /** Keeps these parts, as {@link ClientMemory#keep} does. */
    void keep(int counted, int round, SortedMap<String, Parameters> parts) {
        Map<String, Parameters> marked = new TreeMap<>(parts);
        marked.put(OF, mark());
        memory.keep(run, counted, round, Parameters.load(Bundle.of(marked)));
    }

    private Parameters mark() {
        return Parameters.zeros(Layout.of(TensorShape.of(dataSet, 1)));
    }
}
