package dev.hansa.core.aggregate;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Values as in a file: each part is as near as any other, and none is kept.
 *
 * @param lengths of the parts that were read
 */
public record OnDisk(Parameters values, List<Integer> lengths) implements ParameterSource {

    public OnDisk(Parameters values) {
        this(values, Collections.synchronizedList(new ArrayList<>()));
    }

    /** How many values were read. */
    public int read() {
        return lengths.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public Layout layout() {
        return values.layout();
    }

    @Override
    public void read(BlockReader reader) {
        read(0, values.size(), reader);
    }

    @Override
    public void read(int begin, int end, BlockReader reader) {
        lengths.add(end - begin);
        for (int at = begin; at < end; at += 1_000) {
            values.read(at, Math.min(end, at + 1_000), reader);
        }
    }

    @Override
    public ParameterSource opened() {
        return this;
    }
}
