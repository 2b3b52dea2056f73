package dev.hansa.spec;

import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.wire.Limits;
import java.util.OptionalDouble;

/** {@code personalization}: how nodes come to models of their own. */
final class PersonalizationKeys {
    private static final String NONE = "none";
    private static final String FINE_TUNING = "fineTuning";

    static final Key<Integer> EPOCHS = Key.optional("epochs", Scalars.wholeNumber(1, Limits.EPOCHS), "5",
            "How often each node visits its rows to make the last model its own.");
    static final Key<OptionalDouble> RATE = Key.optional("rate",
            Scalars.numberOr("last", "a number greater than 0", number -> number > 0), "last",
            "The size of a step; last is the rate of the last round.");

    static final Alternatives PERSONALIZATION = new Alternatives(Form.word(NONE),
            Form.typed(FINE_TUNING, EPOCHS, RATE));

    private PersonalizationKeys() {}

    static Personalization build(Alternatives.Choice choice) {
        Entries entries = choice.entries();
        return switch (choice.form()) {
            case FINE_TUNING -> new FineTuning(entries.get(EPOCHS), entries.get(RATE));
            default -> Personalization.NONE;
        };
    }
}
