package dev.hansa.wire.safetensors;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.wire.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * A safetensors file of 32-bit floats.
 *
 * <p>Its header is checked when it is opened; values are read when asked for, a chunk at a time. No file stays open
 * between the calls, so there is nothing to close. Safe for use by several threads.
 */
public final class SafetensorsFile implements ParameterSource {
    private final Path file;
    private final Header header;
    private final long dataStart;

    private SafetensorsFile(Path file, Header header, long dataStart) {
        this.file = file;
        this.header = header;
        this.dataStart = dataStart;
    }

    /**
     * Reads and checks the header.
     *
     * @throws SafetensorsException if it is anything but whole safetensors of F32
     * @throws FederationException  if there is no such file, or it cannot be read
     */
    public static SafetensorsFile open(Path file) {
        try (RandomAccessFile content = open(file, 0)) {
            long size = content.length();
            if (size < Header.LENGTH_BYTES) {
                throw new SafetensorsException(file, "has " + size + " bytes, too few for a safetensors file");
            }
            long length =
                    littleEndian(read(file, content, new byte[Header.LENGTH_BYTES], Header.LENGTH_BYTES)).getLong();
            if (length < 0 || length > Limits.SAFETENSORS_HEADER_BYTES) {
                throw new SafetensorsException(file, "declares a header of " + Long.toUnsignedString(length)
                        + " bytes, expected at most " + Limits.SAFETENSORS_HEADER_BYTES
                        + "; is it a safetensors file?");
            }
            long dataStart = Header.LENGTH_BYTES + length;
            if (dataStart > size) {
                throw new SafetensorsException(file, "declares a header of " + length + " bytes, but only "
                        + (size - Header.LENGTH_BYTES) + " follow; was it copied whole?");
            }
            byte[] header = read(file, content, new byte[(int) length], (int) length);
            return new SafetensorsFile(file, HeaderReader.read(header, size - dataStart), dataStart);
        } catch (HeaderReader.Malformed e) {
            throw new SafetensorsException(file, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Texts by name. */
    public SortedMap<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public Layout layout() {
        return header.layout();
    }

    /**
     * {@inheritDoc}
     *
     * @throws SafetensorsException if the file has become shorter
     * @throws FederationException  if it cannot be read any more
     */
    @Override
    public void read(BlockReader reader) {
        read(0, layout().size(), reader);
    }

    @Override
    public void read(int begin, int end, BlockReader reader) {
        float[] values = new float[Math.min(end - begin, Limits.CHUNK_BYTES / Float.BYTES)];
        try (RandomAccessFile content = open(file, dataStart + (long) begin * Float.BYTES)) {
            byte[] chunk = new byte[values.length * Float.BYTES];
            for (int offset = begin; offset < end;) {
                int count = Math.min(values.length, end - offset);
                littleEndian(read(file, content, chunk, count * Float.BYTES)).asFloatBuffer().get(values, 0, count);
                reader.accept(offset, values, 0, count);
                offset += count;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Of a file each part is as near as any other. */
    @Override
    public SafetensorsFile opened() {
        return this;
    }

    /** Unlike a channel it does not close, and look like a broken disk, when its thread is interrupted. */
    private static RandomAccessFile open(Path file, long position) throws IOException {
        RandomAccessFile content = new RandomAccessFile(file.toFile(), "r");
        content.seek(position);
        return content;
    }

    /** Fills the first bytes of the array. */
    private static byte[] read(Path file, RandomAccessFile content, byte[] bytes, int length) throws IOException {
        try {
            content.readFully(bytes, 0, length);
            return bytes;
        } catch (EOFException e) {
            throw new SafetensorsException(file, "has become shorter while it was read", e);
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static FederationException unreadable(Path file, IOException cause) {
        if (Files.notExists(file)) {
            return new FederationException(file + ": no such file", false, cause);
        } else if (Files.isDirectory(file)) {
            return new FederationException(file + ": is a folder, expected a file", false, cause);
        }
        return new FederationException(file + ": cannot be read: " + cause.getMessage(), true, cause);
    }
}
