package dev.hansa.wire.safetensors;

import dev.hansa.core.model.ParameterSource;
import dev.hansa.wire.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;

/** Writes parameters as safetensors. The same values, names and metadata give the same bytes. */
public final class SafetensorsWriter {

    private SafetensorsWriter() {}

    /**
     * Writes all of the source, chunk by chunk, and leaves the stream open.
     *
     * @throws IllegalArgumentException if names or metadata cannot be written: a tensor called {@code __metadata__}, or
     *                                  more than {@link Limits#SAFETENSORS_HEADER_BYTES} of them
     */
    public static void write(OutputStream out, ParameterSource source, SortedMap<String, String> metadata)
            throws IOException {
        out.write(HeaderWriter.bytes(new Header(source.layout(), metadata)));
        ByteBuffer chunk = ByteBuffer.allocate(Limits.CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int[] written = {0};
        try {
            source.read((offset, values, from, length) -> {
                if (offset != written[0]) {
                    throw new IllegalArgumentException(
                            "the source gave the values at " + offset + ", expected those at "
                                    + written[0]);
                }
                for (int done = 0; done < length;) {
                    int count = Math.min(Limits.CHUNK_BYTES / Float.BYTES, length - done);
                    chunk.asFloatBuffer().put(values, from + done, count);
                    write(out, chunk.array(), count * Float.BYTES);
                    done += count;
                }
                written[0] += length;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (written[0] != source.layout().size()) {
            throw new IllegalArgumentException("the source gave " + written[0] + " values, its layout has "
                    + source.layout().size());
        }
    }

    private static void write(OutputStream out, byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
