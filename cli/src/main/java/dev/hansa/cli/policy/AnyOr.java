package dev.hansa.cli.policy;

import dev.hansa.spec.document.Items;
import dev.hansa.spec.document.Type;
import dev.hansa.spec.document.Value;
import java.util.List;
import java.util.Optional;

/** The word {@code any}, which reads as empty, or a list. */
record AnyOr<T>(Items<T> items) implements Type<Optional<List<T>>> {
    static final String ANY = "any";

    @Override
    public String expected() {
        return ANY + ", or " + items.expected();
    }

    @Override
    public Optional<Optional<List<T>>> read(Value value) {
        if (value.word().filter(ANY::equals).isPresent()) {
            return Optional.of(Optional.empty());
        }
        if (!value.isList()) {
            return value.unexpected(expected());
        }
        Optional<List<T>> read = items.read(value);
        return read.isPresent() ? Optional.of(read) : Optional.empty();
    }
}
