package dev.hansa.spec;

import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Items;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import java.util.List;
import java.util.Optional;

/** {@code model}: its family and size. */
final class ModelKeys {
    static final Key<List<Integer>> HIDDEN = Key.required("hidden", new Items<>(Scalars.wholeNumber(1), 1, 100, false),
            "[32, 16]", "The widths of the hidden layers of a multi-layer perceptron with ReLU, from the input on.");
    static final Key<String> NORMALIZE = Key.optional("normalize", Scalars.words("none", "batch"), "none",
            "How each hidden layer is normalised before ReLU: by the means and variances of each batch, and where single rows are"
                    + " predicted by running ones, which nodes send beside the weights; or not at all.");
    static final Alternatives MODEL = new Alternatives(Form.word("linear"), Form.word("softmax"),
            Form.typed("mlp", HIDDEN, NORMALIZE));

    private ModelKeys() {}

    /** The model, as far as it could be read. */
    static Optional<ModelSpec> find(Alternatives.Choice choice) {
        Entries entries = choice.entries();
        return switch (choice.form()) {
            case "linear" -> Optional.of(new ModelSpec.Linear());
            case "softmax" -> Optional.of(new ModelSpec.Softmax());
            default -> entries.find(HIDDEN).filter(hidden -> !hidden.isEmpty())
                    .map(hidden -> new ModelSpec.Mlp(hidden, normalization(entries)));
        };
    }

    private static Normalization normalization(Entries entries) {
        return entries.find(NORMALIZE).orElse("none").equals("batch") ? Normalization.BATCH : Normalization.NONE;
    }
}
