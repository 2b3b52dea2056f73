package dev.hansa.wire.update;

import dev.hansa.core.FederationException;
import dev.hansa.core.compress.CompressedParameters;
import dev.hansa.core.compress.Payload;
import dev.hansa.core.model.DamagedParametersException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.protocol.Compression;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compressed parameters as safetensors of the tensors {@code gaps} (I32, if not all values are there), {@code scales} (F32,
 * with bytes) and {@code values}.
 *
 * <p>Compression and layout say all of the header and each length, so nothing of it is believed: the bytes are those or they
 * are refused.
 */
final class CompressedForm {
    private static final int ALIGNMENT_BYTES = 8;

    private final Compression compression;
    private final Layout layout;
    private final int kept;
    private final int scales;
    private final byte[] header;
    private final long size;

    /**
     * @throws FederationException if it would not fit into an array
     */
    CompressedForm(Compression compression, Layout layout) {
        this.compression = compression;
        this.layout = layout;
        this.kept = compression.kept(layout.size());
        this.scales = compression.scales(kept);
        this.header = header();
        this.size = Long.BYTES + header.length + bytes(gaps(), Integer.BYTES) + bytes(scales, Float.BYTES)
                + bytes(kept, compression.values().bytes());
        if (size > Integer.MAX_VALUE - ALIGNMENT_BYTES) {
            throw new FederationException("an update of " + layout.size() + " values has " + size
                    + " bytes when it is compressed, more than can be handled; send it without compression", false);
        }
    }

    private static long bytes(int count, int each) {
        return (long) count * each;
    }

    private int gaps() {
        return compression.isSparse() ? kept : 0;
    }

    /** How many bytes it has. */
    int size() {
        return (int) size;
    }

    private byte[] header() {
        List<String> tensors = new ArrayList<>();
        long offset = 0;
        if (compression.isSparse()) {
            offset = tensor(tensors, "gaps", "I32", kept, Integer.BYTES, offset);
        }
        if (scales > 0) {
            offset = tensor(tensors, "scales", "F32", scales, Float.BYTES, offset);
        }
        tensor(tensors, "values", type(), kept, compression.values().bytes(), offset);
        byte[] json = ("{" + String.join(",", tensors) + "}").getBytes(StandardCharsets.US_ASCII);
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static long tensor(List<String> tensors, String name, String type, int count, int each, long offset) {
        long end = offset + bytes(count, each);
        tensors.add("\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + count + "],\"data_offsets\":[" + offset
                + "," + end + "]}");
        return end;
    }

    private String type() {
        return switch (compression.values()) {
            case FLOAT32 -> "F32";
            case FLOAT16 -> "F16";
            case BFLOAT16 -> "BF16";
            case INT8 -> "I8";
        };
    }

    /** The bytes of parameters that have been compressed in this very way. */
    byte[] write(CompressedParameters parameters) {
        ByteBuffer out = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(header.length).put(header);
        parameters.gaps().ifPresent(gaps -> {
            out.asIntBuffer().put(gaps);
            skip(out, gaps.length * Integer.BYTES);
        });
        Payload payload = parameters.payload();
        if (payload instanceof Payload.Floats floats) {
            out.asFloatBuffer().put(floats.values());
        } else if (payload instanceof Payload.Halves halves) {
            out.asShortBuffer().put(halves.values());
        } else if (payload instanceof Payload.Bytes bytes) {
            out.asFloatBuffer().put(bytes.scales());
            skip(out, scales * Float.BYTES);
            out.put(bytes.values());
        }
        return out.array();
    }

    /**
     * The parameters in the bytes.
     *
     * @throws DamagedParametersException if they are anything else
     */
    CompressedParameters read(byte[] bytes) {
        if (bytes.length != size) {
            throw new DamagedParametersException("it has " + bytes.length + " bytes, expected " + size + " for "
                    + layout.size() + " values under this compression");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte[] found = new byte[header.length];
        if (in.getLong() != header.length || !Arrays.equals(header, read(in, found))) {
            throw new DamagedParametersException(
                    "its header is not " + new String(header, StandardCharsets.US_ASCII).trim());
        }
        Optional<int[]> gaps = compression.isSparse() ? Optional.of(ints(in)) : Optional.empty();
        return CompressedParameters.owning(compression, layout, gaps, payload(in));
    }

    private Payload payload(ByteBuffer in) {
        return switch (compression.values()) {
            case FLOAT32 -> new Payload.Floats(floats(in, kept));
            case FLOAT16 -> new Payload.Halves(shorts(in), false);
            case BFLOAT16 -> new Payload.Halves(shorts(in), true);
            case INT8 -> {
                float[] scale = floats(in, scales);
                yield new Payload.Bytes(read(in, new byte[kept]), scale, compression.block());
            }
        };
    }

    private int[] ints(ByteBuffer in) {
        int[] ints = new int[kept];
        in.asIntBuffer().get(ints);
        skip(in, kept * Integer.BYTES);
        return ints;
    }

    private static float[] floats(ByteBuffer in, int count) {
        float[] floats = new float[count];
        in.asFloatBuffer().get(floats);
        skip(in, count * Float.BYTES);
        return floats;
    }

    private short[] shorts(ByteBuffer in) {
        short[] shorts = new short[kept];
        in.asShortBuffer().get(shorts);
        return shorts;
    }

    private static byte[] read(ByteBuffer in, byte[] target) {
        in.get(target);
        return target;
    }

    private static void skip(Buffer buffer, int bytes) { // ByteBuffer has its own position only since Java 9
        buffer.position(buffer.position() + bytes);
    }
}
