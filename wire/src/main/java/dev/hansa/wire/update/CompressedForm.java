package dev.hansa.wire.update;

import dev.hansa.core.FederationException;
import dev.hansa.core.compress.CompressedParameters;
import dev.hansa.core.compress.Payload;
import dev.hansa.core.model.DamagedParametersException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource.BlockReader;
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
    /** How many values are read at a time, where a part is. */
    private static final int PLACES = 1 << 16;

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
        requireSize(bytes.length);
        ByteBuffer in = littleEndian(bytes);
        requireHeader(in);
        Optional<int[]> gaps = compression.isSparse() ? Optional.of(ints(in)) : Optional.empty();
        return CompressedParameters.owning(compression, layout, gaps, payload(in, kept, floats(in, scales)));
    }

    /**
     * The values of the places from {@code begin} to before {@code end}, where no value is left out and nothing is squeezed.
     *
     * @throws DamagedParametersException if the bytes are anything else, as far as they are read
     */
    void read(CompressedBlob.Content content, int begin, int end, BlockReader reader) {
        requireSize(content.size());
        requireHeader(littleEndian(content.bytes(0, Long.BYTES + header.length)));
        boolean scaled = scales > 0;
        long scalesAt = (long) Long.BYTES + header.length;
        long valuesAt = scalesAt + bytes(scales, Float.BYTES);
        int each = compression.values().bytes();
        float[] values = new float[Math.min(end - begin, PLACES)];
        for (int at = begin; at < end;) {
            int first = scaled ? at - at % compression.block() : at;
            int count = Math.min(end, at + values.length) - first;
            float[] scale = new float[scaled ? (count - 1) / compression.block() + 1 : 0];
            if (scaled) {
                long from = scalesAt + bytes(first / compression.block(), Float.BYTES);
                littleEndian(content.bytes(from, scale.length * Float.BYTES)).asFloatBuffer().get(scale);
                CompressedParameters.requireScales(scale, first / compression.block());
            }
            Payload part = payload(littleEndian(content.bytes(valuesAt + bytes(first, each), count * each)), count,
                    scale);
            int length = first + count - at;
            part.read(at - first, values, length);
            reader.accept(at, values, 0, length);
            at += length;
        }
    }

    private void requireSize(long bytes) {
        if (bytes != size) {
            throw new DamagedParametersException("it has " + bytes + " bytes, expected " + size + " for "
                    + layout.size() + " values under this compression");
        }
    }

    private void requireHeader(ByteBuffer in) {
        if (in.getLong() != header.length || !Arrays.equals(header, read(in, new byte[header.length]))) {
            throw new DamagedParametersException(
                    "its header is not " + new String(header, StandardCharsets.US_ASCII).trim());
        }
    }

    private Payload payload(ByteBuffer in, int count, float[] scale) {
        return switch (compression.values()) {
            case FLOAT32 -> new Payload.Floats(floats(in, count));
            case FLOAT16 -> new Payload.Halves(shorts(in, count), false);
            case BFLOAT16 -> new Payload.Halves(shorts(in, count), true);
            case INT8 -> new Payload.Bytes(read(in, new byte[count]), scale, compression.block());
        };
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
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

    private static short[] shorts(ByteBuffer in, int count) {
        short[] shorts = new short[count];
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
