package dev.hansa.spec.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A list of values of one type.
 *
 * @param distinct whether a second equal item is a problem
 */
public record Items<T>(Type<T> item, int least, int most, boolean distinct) implements Type<List<T>> {

    @Override
    public String expected() {
        return "a list of " + least + " to " + most + (distinct ? " different" : "") + " values, each "
                + item.expected();
    }

    /** The good items of the list. */
    @Override
    public Optional<List<T>> read(Value value) {
        List<Value> values = value.isList() ? value.items() : List.of();
        if (!value.isList() || values.size() < least || values.size() > most) {
            return value.unexpected(expected());
        }
        List<T> items = new ArrayList<>();
        Set<T> seen = new HashSet<>();
        for (Value each : values) {
            Optional<T> read = item.read(each);
            if (distinct && read.isPresent() && !seen.add(read.get())) {
                each.problem("\"" + read.get() + "\" is in the list twice, expected it once");
            } else {
                read.ifPresent(items::add);
            }
        }
        return Optional.of(items);
    }
}
