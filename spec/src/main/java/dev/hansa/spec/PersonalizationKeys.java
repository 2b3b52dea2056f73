package dev.hansa.spec;

import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Items;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import dev.hansa.wire.Limits;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** {@code personalization}: how nodes come to models of their own. */
final class PersonalizationKeys {
    private static final String NONE = "none";
    private static final String FINE_TUNING = "fineTuning";
    private static final String FEDPER = "fedper";
    private static final String FEDREP = "fedrep";
    static final String FEDBN = "fedbn";
    private static final String DITTO = "ditto";
    private static final String IFCA = "ifca";
    private static final List<String> NORMALIZATION = List.of("norm*");

    static final Key<Integer> EPOCHS = Key.optional("epochs", Scalars.wholeNumber(1, Limits.EPOCHS), "5",
            "How often each node visits its rows to make the last model its own.");
    static final Key<OptionalDouble> RATE = Key.optional("rate",
            Scalars.numberOr("last", "a number greater than 0", number -> number > 0), "last",
            "The size of a step; last is the rate of the last round.");

    static final Key<List<String>> LAYERS = Key.required("layers",
            new Items<>(
                    Scalars.text("a name of at most 256 characters", name -> !name.isEmpty() && name.length() <= 256),
                    1, 100, true),
            "[layer3.*]",
            "Which tensors stay with each node, by name; * stands for any characters. The nth layer of a model has"
                    + " layern.weight and layern.bias.");
    static final Key<Integer> HEAD_EPOCHS = Key.optional("headEpochs", Scalars.wholeNumber(1, Limits.EPOCHS), "5",
            "How often a node visits its rows to train the layers that stay, before it trains the others as training"
                    + " says.");

    static final Key<Double> LAMBDA = Key.optional("lambda",
            Scalars.number("a number of 0 or more", number -> number >= 0), "0.1",
            "How strongly a node's own model, which it trains beside the shared one, is drawn to that; 0 not at all.");

    static final Key<Integer> CLUSTERS = Key.optional("clusters", Scalars.wholeNumber(2, Clusters.MOST), "2",
            "How many models there are. Each node gets all of them in each round, takes the one with the least loss on its"
                    + " rows, and sends an update of that alone. A model that fewer than cohort.minimumReports chose stays as"
                    + " it is in that round, for it would show their updates.");

    static final Alternatives PERSONALIZATION = new Alternatives(Form.word(NONE),
            Form.typed(FINE_TUNING, EPOCHS, RATE), Form.typed(FEDPER, LAYERS), Form.typed(FEDREP, LAYERS, HEAD_EPOCHS),
            Form.typed(FEDBN), Form.typed(DITTO, LAMBDA), Form.typed(IFCA, CLUSTERS));

    private PersonalizationKeys() {}

    /** @param seed of the run */
    static Personalization build(Alternatives.Choice choice, Seed seed) {
        Entries entries = choice.entries();
        return switch (choice.form()) {
            case FINE_TUNING -> new FineTuning(entries.get(EPOCHS), entries.get(RATE));
            case FEDPER -> new LocalLayers(entries.get(LAYERS), OptionalInt.empty(), seed.derive("initial"));
            case FEDREP -> new LocalLayers(entries.get(LAYERS), OptionalInt.of(entries.get(HEAD_EPOCHS)),
                    seed.derive("initial"));
            case FEDBN -> new LocalLayers(NORMALIZATION, OptionalInt.empty(), seed.derive("initial"));
            case DITTO -> new Ditto(entries.get(LAMBDA));
            case IFCA -> new Clusters(entries.get(CLUSTERS));
            default -> Personalization.none();
        };
    }
}
