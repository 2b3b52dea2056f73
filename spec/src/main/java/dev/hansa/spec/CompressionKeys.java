package dev.hansa.spec;

import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import dev.hansa.spec.document.Alternatives;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Form;
import dev.hansa.spec.document.Key;
import dev.hansa.spec.document.Scalars;
import java.util.Locale;

/** {@code compression}: how updates are made smaller before nodes send them. */
final class CompressionKeys {
    private static final String NONE = "none";
    private static final String DETAILED = "values";
    static final String INT8 = "int8";

    static final Key<String> VALUES = Key.required(DETAILED, Scalars.words("float32", "float16", "bfloat16", INT8),
            INT8,
            "How each value is written: as it is; with 11 significant bits, up to 65504; with 8, of any size; as one of"
                    + " 255 steps, rounded at random so that it is right on average.");
    static final Key<Integer> BLOCK = Key.optional("block", Scalars.wholeNumber(1, Compression.LARGEST_BLOCK),
            String.valueOf(Compression.USUAL_BLOCK),
            "With int8 alone: how many values share the size of a step, which is 1/127 of the largest of them.");
    static final Key<Double> TOP_K = Key.optional("topK",
            Scalars.number("a number above 0, at most 1", value -> value > 0 && value <= 1), "1",
            "The fraction of the values that is sent, the largest ones. Nodes keep the rest and add it to their next"
                    + " update. With 1 all are sent.");
    static final Key<Boolean> ZSTD = Key.optional("zstd", Scalars.bool(), "false",
            "Whether the bytes are squeezed further, without loss. Nodes without the library zstd-jni refuse.");
    static final Alternatives COMPRESSION = new Alternatives(Form.word(NONE), Form.word("float16"),
            Form.word("bfloat16"), Form.word(INT8), Form.keyed(DETAILED, VALUES, BLOCK, TOP_K, ZSTD));

    private CompressionKeys() {}

    static Compression build(Alternatives.Choice choice) {
        Entries entries = choice.entries();
        return switch (choice.form()) {
            case NONE -> Compression.NONE;
            case DETAILED -> new Compression(values(entries.get(VALUES)), entries.get(BLOCK), entries.get(TOP_K),
                    entries.get(ZSTD));
            default -> Compression.of(values(choice.form()));
        };
    }

    private static Values values(String word) {
        return Values.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
