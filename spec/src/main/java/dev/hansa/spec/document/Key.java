package dev.hansa.spec.document;

import java.util.Optional;

/**
 * One key of a {@link Section}: all that a reader and a person need to know of it.
 *
 * @param example  a value in YAML: the default, or an example if the key is required; of several lines if it is long
 * @param required whether the key has no default
 * @param meaning  a sentence; empty if the name explains itself
 */
public record Key<T>(String name, Type<T> type, String example, boolean required, String meaning) {

    /** A key that must be there. */
    public static <T> Key<T> required(String name, Type<T> type, String example, String meaning) {
        return new Key<>(name, type, example, true, meaning);
    }

    /**
     * A key that may be left out.
     *
     * @param byDefault in YAML
     */
    public static <T> Key<T> optional(String name, Type<T> type, String byDefault, String meaning) {
        return new Key<>(name, type, byDefault, false, meaning);
    }

    /**
     * The example as the reader reads it.
     *
     * @throws InvalidSpecException if it is not of the type
     */
    public T readExample() {
        Value value = YamlText.parse(example, "example of " + name);
        Optional<T> read = type.read(value);
        value.throwProblems();
        return read.orElseThrow(() -> new IllegalStateException("the example of " + name + " gives no value"));
    }
}
