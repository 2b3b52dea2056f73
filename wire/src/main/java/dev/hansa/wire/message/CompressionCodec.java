package dev.hansa.wire.message;

import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;

/** How updates are compressed, as a message. */
final class CompressionCodec {

    private CompressionCodec() {}

    static dev.hansa.wire.proto.Compression encode(Compression compression) {
        return dev.hansa.wire.proto.Compression.newBuilder()
                .setValues(dev.hansa.wire.proto.Compression.Values.valueOf(compression.values().name()))
                .setBlock(compression.block()).setTopK(compression.topK()).setZstd(compression.zstd()).build();
    }

    /**
     * @throws MalformedMessageException if it is none that this version knows
     */
    static Compression decode(dev.hansa.wire.proto.Compression message) {
        Values values = switch (message.getValues()) {
            case FLOAT32 -> Values.FLOAT32;
            case FLOAT16 -> Values.FLOAT16;
            case BFLOAT16 -> Values.BFLOAT16;
            case INT8 -> Values.INT8;
            case VALUES_UNSPECIFIED, UNRECOGNIZED -> throw new MalformedMessageException("compression.values",
                    "names none that this version knows, expected float32, float16, bfloat16 or int8; is the node older "
                            + "than the coordinator?");
        };
        return Fields.checked("compression",
                () -> new Compression(values, message.getBlock(), message.getTopK(), message.getZstd()));
    }
}
