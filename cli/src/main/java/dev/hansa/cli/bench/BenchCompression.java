package dev.hansa.cli.bench;

import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;

/** How the updates of a benchmark are compressed, by a name. */
public enum BenchCompression {
    NONE("none"), FLOAT16("float16"), INT8("int8"), INT8_ZSTD("int8+zstd"), TOP_K("topK");

    private final String name;

    BenchCompression(String name) {
        this.name = name;
    }

    Compression compression() {
        return switch (this) {
            case NONE -> Compression.NONE;
            case FLOAT16 -> Compression.of(Values.FLOAT16);
            case INT8 -> Compression.of(Values.INT8);
            case INT8_ZSTD -> new Compression(Values.INT8, Compression.USUAL_BLOCK, 1, true);
            case TOP_K -> new Compression(Values.INT8, Compression.USUAL_BLOCK, 0.01, false);
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
