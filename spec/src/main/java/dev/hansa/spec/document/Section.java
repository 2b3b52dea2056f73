package dev.hansa.spec.document;

import dev.hansa.core.Nearest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A mapping with known keys. */
public final class Section implements Type<Entries> {
    private final Map<String, Key<?>> keys = new LinkedHashMap<>();
    private final Map<String, Object> defaults = new HashMap<>();

    public Section(List<Key<?>> keys) {
        for (Key<?> key : keys) {
            this.keys.put(key.name(), key);
            if (!key.required()) {
                defaults.put(key.name(), key.readExample());
            }
        }
    }

    public Section(Key<?>... keys) {
        this(List.of(keys));
    }

    /** In the order in which they are explained. */
    public List<Key<?>> keys() {
        return List.copyOf(keys.values());
    }

    @Override
    public String expected() {
        return "a mapping with the keys " + String.join(", ", keys.keySet());
    }

    /** What could be read of the section, even if it has problems; empty if it is no mapping at all. */
    @Override
    public Optional<Entries> read(Value value) {
        if (!value.isMapping()) {
            return value.unexpected(expected());
        }
        Map<String, Value> given = new LinkedHashMap<>();
        Set<String> misspelt = new HashSet<>();
        for (Value.Entry entry : value.entries()) {
            if (!keys.containsKey(entry.name())) {
                Optional<String> meant = Nearest.to(entry.name(), keys.keySet());
                meant.ifPresent(misspelt::add);
                entry.key().problem("unknown key, " + meant.map(key -> "did you mean " + key + "?")
                        .orElseGet(() -> "expected one of " + String.join(", ", keys.keySet())));
            } else {
                given.put(entry.name(), entry.value());
            }
        }
        return Optional.of(read(value, given, misspelt));
    }

    /** The section as if the value were an empty mapping. */
    Entries readNothing(Value value) {
        return read(value, Map.of(), Set.of());
    }

    private Entries read(Value place, Map<String, Value> given, Set<String> misspelt) {
        Map<String, Object> values = new HashMap<>(defaults);
        for (Key<?> key : keys.values()) {
            Value value = given.get(key.name());
            if (value != null) {
                values.remove(key.name());
                key.type().read(value).ifPresent(read -> values.put(key.name(), read));
            } else if (key.required() && !misspelt.contains(key.name())) {
                place.child(key.name()).problem("missing, expected " + key.type().expected());
            }
        }
        return new Entries(place, given, values, values.keySet().containsAll(keys.keySet()));
    }
}
