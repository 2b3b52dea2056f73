package dev.hansa.spec.document;

import java.util.List;
import java.util.Optional;

/** What a value may be. */
public interface Type<T> {

    /** The value; empty if it is not of this type, of which its problems then tell. */
    Optional<T> read(Value value);

    /** Completes "expected …". */
    String expected();

    /** What to explain besides: the forms of a value that have keys of their own. */
    default List<Form> forms() {
        return List.of();
    }
}
