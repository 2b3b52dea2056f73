package dev.hansa.spec.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One way to write a value of {@link Alternatives}.
 *
 * @param name    of the alternative; the word that can be written for it unless only a mapping can
 * @param section the keys of the mapping; none if only the word can be written
 * @param word    whether the word alone can be written
 */
public record Form(String name, Section section, boolean word) {
    /** The key that names the form. */
    static final String TYPE = "type";

    /** Nothing but the word. */
    public static Form word(String name) {
        return new Form(name, new Section(), true);
    }

    /** A mapping that says {@code type: name}, or the word alone if no key is required. */
    public static Form typed(String name, Key<?>... keys) {
        List<Key<?>> all = new ArrayList<>();
        all.add(Key.optional(TYPE, Scalars.words(name), name, ""));
        all.addAll(List.of(keys));
        return new Form(name, new Section(all), true);
    }

    /** A mapping that is known by its keys. */
    public static Form keyed(String name, Key<?>... keys) {
        return new Form(name, new Section(keys), false);
    }

    /** How it is written at the least. */
    String shortest() {
        String required = section.keys().stream().filter(Key::required).map(key -> key.name() + ": …")
                .collect(Collectors.joining(", "));
        return required.isEmpty() ? name
                : word ? "{" + TYPE + ": " + name + ", " + required + "}" : "{" + required + "}";
    }

    /** How it is written with all its keys. */
    String full() {
        return section.keys().stream().map(key -> key.name() + ": " + (key.name().equals(TYPE) ? name : "…"))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
