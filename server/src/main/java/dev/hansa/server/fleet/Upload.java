package dev.hansa.server.fleet;

import dev.hansa.core.FederationException;
import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Limits;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A file that comes in piece by piece, each where the last ended, over as many connections as it takes.
 *
 * <p>What the disk does not take begins anew, as a failed write leaves open what is there. The file itself stays: it may be
 * the one of a report that an earlier process acknowledged, and the disk fails at checking it again.
 * No connection owns it: of two that bring the same piece, one is told how far the file is. Safe for several threads.
 */
public final class Upload {
    private final Path file;
    private final Sha256 name;
    private final long size;
    private @Nullable FileChannel channel;
    private MessageDigest digest = Sha256.newDigest();
    private long have;
    private boolean whole;
    private boolean ended;

    /**
     * @param file if it exists the upload goes on behind its content
     * @param name what the whole must have as its digest
     * @param size of the whole
     */
    Upload(Path file, Sha256 name, long size) {
        this.file = file;
        this.name = name;
        this.size = size;
        try {
            have = goOn();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** How much an earlier process has written; whether it was written well the digest of the whole will tell. */
    private long goOn() throws IOException {
        if (!Files.exists(file) || Files.size(file) > size) {
            return 0;
        }
        long read = 0;
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] piece = new byte[Limits.CHUNK_BYTES];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                digest.update(piece, 0, length);
                read += length;
            }
        }
        return read;
    }

    /** What the whole must have as its digest. */
    Sha256 name() {
        return name;
    }

    /** Of the whole. */
    long size() {
        return size;
    }

    /** How many bytes have come. */
    public synchronized long have() {
        return have;
    }

    /** Whether all has come, was what it should be, and is on the disk. */
    synchronized boolean whole() {
        return whole;
    }

    Path file() {
        return file;
    }

    /**
     * Refuses a piece that does not begin where the last ended.
     *
     * @throws RejectedException {@code wrong-offset}, with how much has come
     */
    public synchronized void requireOffset(long offset) {
        if (offset != have) {
            throw new RejectedException(ErrorCode.WRONG_OFFSET,
                    "the upload goes on at " + have + ", got a piece for " + offset, HeaderNames.OFFSET,
                    Long.toString(have));
        }
    }

    /**
     * Appends a piece.
     *
     * @throws RejectedException if it begins elsewhere, goes beyond the end, or nothing more is taken
     */
    public synchronized void append(long offset, byte[] piece, int length) {
        requireOpen();
        requireOffset(offset);
        if (length > size - have) {
            throw new RejectedException(ErrorCode.TOO_LARGE, "the upload was said to have " + size
                    + " bytes, and goes on beyond them");
        }
        try {
            FileChannel open = opened();
            ByteBuffer bytes = ByteBuffer.wrap(piece, 0, length);
            while (bytes.hasRemaining()) {
                open.write(bytes, have + bytes.position());
            }
            digest.update(piece, 0, length);
            have += length;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** The file may be another upload's by now. */
    private void requireOpen() {
        if (ended) {
            throw new RejectedException(ErrorCode.CLOSED,
                    "the upload is over: its round is, or another took its place; drop the work");
        }
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(PrivateFiles.create(file), StandardOpenOption.WRITE);
            channel = open;
        }
        return open;
    }

    /**
     * Checks and keeps the whole if all has come; otherwise does nothing.
     *
     * @throws RejectedException   {@code wrong-hash}, after which the upload begins anew; {@code closed} if it is over
     * @throws FederationException if the disk does not keep it, after which the upload begins anew
     */
    public synchronized void finishIfWhole() {
        if (whole || have < size) {
            return;
        }
        requireOpen();
        Sha256 found = Sha256.finish(digest);
        if (!found.equals(name)) {
            digest = Sha256.newDigest();
            have = 0;
            empty();
            throw new RejectedException(ErrorCode.WRONG_HASH,
                    "the upload has the SHA-256 " + found + ", expected " + name + "; send it again from the start",
                    HeaderNames.OFFSET, "0");
        }
        try {
            FileChannel open = opened();
            open.truncate(size);
            open.force(true);
            open.close();
            PrivateFiles.syncName(file);
            whole = true;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Or another process would go on behind the same wrong bytes. */
    private void empty() {
        try {
            opened().truncate(0);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Takes nothing more; the file stays. */
    synchronized void end() {
        ended = true;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Deletes what has come. */
    synchronized void discard() {
        end();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Begins anew. */
    private FederationException broken(IOException e) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException again) {
            e.addSuppressed(again);
        }
        channel = null;
        digest = Sha256.newDigest();
        have = 0;
        return new FederationException("cannot write " + file + ": " + e.getMessage()
                + "; is there room on the disk?", true, e);
    }
}
