package dev.hansa.spec;

import dev.hansa.core.data.Bounds;
import dev.hansa.spec.document.Items;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Type;
import dev.hansa.spec.document.Value;
import dev.hansa.wire.Limits;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** By name of columns, between which numbers their values count. */
final class ColumnBounds implements Type<SortedMap<String, Bounds>> {
    private static final int MOST = Limits.FEATURES + 1;
    private static final Items<Double> TWO = new Items<>(Scalars.number("a number", number -> true), 2, 2, false);

    @Override
    public String expected() {
        return "a mapping from the name of each column of numbers to [LEAST, GREATEST]";
    }

    /** The good ones among the columns. */
    @Override
    public Optional<SortedMap<String, Bounds>> read(Value value) {
        List<Value.Entry> entries = value.isMapping() ? value.entries() : Collections.emptyList();
        if (entries.isEmpty() || entries.size() > MOST) {
            return value.unexpected(expected());
        }
        SortedMap<String, Bounds> bounds = new TreeMap<>();
        for (Value.Entry entry : entries) {
            if (Columns.NAME.read(entry.key()).isPresent()) {
                TWO.read(entry.value()).filter(two -> two.size() == 2)
                        .flatMap(two -> bounds(entry.value(), two.get(0), two.get(1)))
                        .ifPresent(two -> bounds.put(entry.name(), two));
            }
        }
        return Optional.of(bounds);
    }

    private static Optional<Bounds> bounds(Value place, double low, double high) {
        if (!(low < high) || Double.isInfinite(high - low)) {
            place.problem("found from " + low + " to " + high + ", expected the smaller number first, and a finite"
                    + " difference");
            return Optional.empty();
        }
        return Optional.of(new Bounds(low, high));
    }
}
