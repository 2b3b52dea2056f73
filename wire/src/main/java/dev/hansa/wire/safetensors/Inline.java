package dev.hansa.wire.safetensors;

import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/** Safetensors so small that they travel within a message: no transfer of their own, no file. */
public final class Inline {

    private Inline() {}

    /** The values as the bytes that a {@link BlobFolder} would write; empty if they are no longer small. */
    public static Optional<byte[]> write(ParameterSource source) {
        if (source.layout().size() > Limits.INLINE_BYTES / Float.BYTES) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            SafetensorsWriter.write(bytes, source, Collections.emptySortedMap());
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return bytes.size() > Limits.INLINE_BYTES ? Optional.empty() : Optional.of(bytes.toByteArray());
    }

    /**
     * The values.
     *
     * @param announced what the message says that they are
     * @throws SafetensorsException if they are not that, or no whole safetensors of F32
     */
    public static Parameters read(BlobRef announced, byte[] content) {
        requireAnnounced(announced, content);
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        long length = content.length < Header.LENGTH_BYTES ? -1 : bytes.getLong();
        if (length < 0 || length > bytes.remaining()) {
            throw new SafetensorsException("the message", "carries " + content.length
                    + " bytes, too few for safetensors and their header");
        }
        int dataStart = Header.LENGTH_BYTES + (int) length;
        try {
            Header header = HeaderReader.read(Arrays.copyOfRange(content, Header.LENGTH_BYTES, dataStart),
                    content.length - dataStart);
            float[] values = new float[header.layout().size()];
            ByteBuffer.wrap(content, dataStart, content.length - dataStart).order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return Parameters.owning(header.layout(), values);
        } catch (HeaderReader.Malformed e) {
            throw new SafetensorsException("the message", String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * @throws SafetensorsException if the bytes are not what the message says that they are
     */
    public static void requireAnnounced(BlobRef announced, byte[] content) {
        if (content.length != announced.sizeBytes() || !Sha256.of(content).equals(announced.sha256())) {
            throw new SafetensorsException("the message", "carries " + content.length
                    + " bytes that are not the announced " + announced);
        }
    }
}
