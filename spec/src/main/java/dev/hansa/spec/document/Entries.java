package dev.hansa.spec.document;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was read of a {@link Section}, defaults included. */
public final class Entries {
    private final Value section;
    private final Map<String, Value> given;
    private final Map<String, Object> values;
    private final boolean whole;

    Entries(Value section, Map<String, Value> given, Map<String, Object> values, boolean whole) {
        this.section = section;
        this.given = given;
        this.values = values;
        this.whole = whole;
    }

    /** Whether each key has a value, so that {@link #get} gives it. */
    public boolean isWhole() {
        return whole;
    }

    /** The key's value; empty if it had problems. */
    @SuppressWarnings("unchecked") // only Section fills the map, with what the key's type reads
    public <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(key.name()));
    }

    /** The key's value in a document without problems. */
    public <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key.name() + " was not read"));
    }

    /** The same with another value, as if that were written. */
    public <T> Entries with(Key<T> key, T value) {
        Map<String, Object> changed = new HashMap<>(values);
        changed.put(key.name(), value);
        return new Entries(section, given, changed, whole);
    }

    /** Whether the key is written, rather than left to its default. */
    public boolean isGiven(Key<?> key) {
        return given.containsKey(key.name());
    }

    /** Where the key is written; if it is left to its default, where its section begins. */
    public Value at(Key<?> key) {
        Value value = given.get(key.name());
        return value != null ? value : section.child(key.name());
    }
}
