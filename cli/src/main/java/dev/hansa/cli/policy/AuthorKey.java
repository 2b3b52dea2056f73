package dev.hansa.cli.policy;

import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Scalars;
import dev.hansa.spec.document.Type;
import dev.hansa.spec.document.Value;
import dev.hansa.wire.trust.Author;
import java.util.List;
import java.util.Optional;

/** The public key of an author. */
record AuthorKey() implements Type<Author> {
    private static final Type<String> TEXT = Scalars.text(
            "the public key of an author, ed25519: and 43 characters, as hansa key show prints it",
            text -> text.matches("ed25519:[A-Za-z0-9_-]{43}"));

    @Override
    public String expected() {
        return TEXT.expected();
    }

    @Override
    public List<Form> forms() {
        return TEXT.forms();
    }

    @Override
    public Optional<Author> read(Value value) {
        return TEXT.read(value).flatMap(text -> {
            try {
                return Optional.of(Author.parse(text));
            } catch (IllegalArgumentException e) {
                value.problem(
                        "found \"" + text + "\", which has the form of a public key and is none, as if a character"
                                + " were wrong or lost; expected what hansa key show prints, to the letter");
                return Optional.empty();
            }
        });
    }
}
