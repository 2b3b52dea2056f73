package dev.hansa.spec.document;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A single value, or a mapping that says more, or the name alone of a mapping that requires no key.
 *
 * @param scalar   what a single value may be
 * @param single   what it means
 * @param mappings the mappings there are
 * @param mapping  what a mapping means
 * @param elsewhere names the mappings if they are explained at another key; empty if they are at this one
 */
public record Either<S, T>(Type<S> scalar, Function<S, T> single, Alternatives mappings,
        Function<Alternatives.Choice, Optional<T>> mapping, String elsewhere) implements Type<T> {

    @Override
    public Optional<T> read(Value value) {
        return value.isMapping() || isWordAlone(value) ? mappings.read(value).flatMap(mapping)
                : scalar.read(value).map(single);
    }

    /** Whether it is the name of a mapping that requires no key, as {@link #expected} says it may be. */
    private boolean isWordAlone(Value value) {
        return mappings.form(value).filter(form -> form.shortest().equals(form.name())).isPresent();
    }

    @Override
    public String expected() {
        return scalar.expected() + ", or " + (elsewhere.isEmpty() ? mappings.expected() : elsewhere);
    }

    @Override
    public List<Form> forms() {
        return elsewhere.isEmpty() ? mappings.forms() : List.of();
    }
}
