package dev.hansa.wire.update;

import dev.hansa.core.FederationException;
import dev.hansa.core.compress.CompressedParameters;
import dev.hansa.core.model.DamagedParametersException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.protocol.Compression;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Limits;
import dev.hansa.wire.safetensors.Inline;
import dev.hansa.wire.safetensors.SafetensorsException;
import dev.hansa.wire.safetensors.SafetensorsFile;
import dev.hansa.wire.safetensors.SafetensorsWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/** An update as bytes: safetensors of 32-bit floats, or what a {@link Compression} makes of it. */
public final class UpdateBlob {
    /** What is larger is not squeezed only to see that it is still not small: updates shrink by a few times at best. */
    private static final int MOST_TO_SQUEEZE = 16 * Limits.INLINE_BYTES;

    private UpdateBlob() {}

    /** Writes the update, {@link CompressedParameters} in their compressed form, and leaves the stream open. */
    public static void write(OutputStream out, ParameterSource update) throws IOException {
        if (update instanceof CompressedParameters compressed) {
            out.write(bytes(compressed));
        } else {
            SafetensorsWriter.write(out, update, Collections.emptySortedMap());
        }
    }

    /** The same as an array, if it is so small that it travels within a message. */
    public static Optional<byte[]> small(ParameterSource update) {
        if (!(update instanceof CompressedParameters compressed)) {
            return Inline.write(update);
        }
        int most = compressed.compression().zstd() ? MOST_TO_SQUEEZE : Limits.INLINE_BYTES;
        boolean hopeless = form(compressed).size() > most;
        return hopeless
                ? Optional.empty()
                : Optional.of(bytes(compressed)).filter(bytes -> bytes.length <= Limits.INLINE_BYTES);
    }

    private static byte[] bytes(CompressedParameters compressed) {
        byte[] bytes = form(compressed).write(compressed);
        return compressed.compression().zstd() ? Zstd.compress(bytes) : bytes;
    }

    private static CompressedForm form(CompressedParameters compressed) {
        return new CompressedForm(compressed.compression(), compressed.layout());
    }

    /** How many bytes an update has at most that is compressed so. */
    public static long largest(Compression compression, Layout layout) {
        long size = new CompressedForm(compression, layout).size();
        return compression.zstd() ? Zstd.bound(size) : size;
    }

    /**
     * The update in the file. A compressed one is not looked at before it is read.
     *
     * @param layout what was asked for; one that is not compressed brings its own
     * @throws SafetensorsException if it is not compressed and no whole safetensors of F32
     */
    public static ParameterSource open(Path file, Compression compression, Layout layout) {
        return compression.isNone()
                ? SafetensorsFile.open(file)
                : new CompressedBlob(compression, layout, new InFile(file, largest(compression, layout)));
    }

    private record InFile(Path file, long most) implements CompressedBlob.Content {
        @Override
        public long size() {
            try {
                long size = Files.size(file);
                if (size > most) {
                    throw new DamagedParametersException("it has " + size + " bytes, expected at most " + most);
                }
                return size;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public byte[] bytes(long from, int length) {
            byte[] bytes = new byte[length];
            try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
                content.seek(from);
                content.readFully(bytes);
                return bytes;
            } catch (EOFException e) {
                throw new DamagedParametersException("it has become shorter while it was read", e);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private FederationException unreadable(IOException e) {
            return new FederationException(file + ": cannot be read: " + e.getMessage(), true, e);
        }
    }

    private record InMemory(byte[] content) implements CompressedBlob.Content {
        @Override
        public long size() {
            return content.length;
        }

        @Override
        public byte[] bytes(long from, int length) {
            return Arrays.copyOfRange(content, (int) from, (int) from + length);
        }
    }

    /**
     * The update that came within a message.
     *
     * @param announced what the message says that it is
     * @throws SafetensorsException if it is not that
     */
    public static ParameterSource read(BlobRef announced, byte[] content, Compression compression, Layout layout) {
        if (compression.isNone()) {
            return Inline.read(announced, content);
        }
        Inline.requireAnnounced(announced, content);
        return new CompressedBlob(compression, layout, new InMemory(content));
    }
}
