package dev.hansa.wire.safetensors;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collections;

/**
 * A folder of blobs, each a file named by its SHA-256.
 *
 * <p>A file with such a name is always whole and durable: it is written under another name, synced, and then renamed. What
 * a crash leaves behind ends in {@code .tmp} and may be deleted at the next start. Safe for use by several threads.
 */
public final class BlobFolder {
    private final Path folder;

    /**
     * @param folder exists
     */
    public BlobFolder(Path folder) {
        this.folder = folder;
    }

    /** Where the blob is, or would be. */
    public Path path(Sha256 sha256) {
        return folder.resolve(sha256.hex());
    }

    /**
     * Writes the values as safetensors without metadata, so that equal values have one name. Durable when it returns.
     *
     * @throws FederationException if the folder cannot be written to
     */
    public BlobRef write(ParameterSource source) {
        try {
            Path file = Files.createTempFile(folder, "blob-", ".tmp");
            try {
                BlobRef blob = write(file, source);
                moveIn(file, blob.sha256());
                return blob;
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /**
     * Takes in a file that has arrived from elsewhere on the same disk, if it is the blob; otherwise leaves it where it is.
     * Durable when it returns.
     *
     * @return whether size and digest were right
     * @throws FederationException if the file cannot be read or moved
     */
    public boolean adopt(Path file, BlobRef blob) {
        try {
            if (Files.size(file) != blob.sizeBytes() || !Sha256.of(file).equals(blob.sha256())) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            moveIn(file, blob.sha256());
            return true;
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private static BlobRef write(Path file, ParameterSource source) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            SafetensorsWriter.write(out, source, Collections.emptySortedMap());
            channel.force(true);
            return new BlobRef(Sha256.finish(digest), channel.position());
        }
    }

    private void moveIn(Path file, Sha256 sha256) throws IOException {
        Files.move(file, path(sha256), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    /** Makes the new name durable where a folder can be opened: not on Windows, which needs no such thing. */
    private void syncFolder() throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    private FederationException notWritten(IOException e) {
        return new FederationException("cannot write a blob to " + folder + ": " + e
                + "; is the disk full, or does the folder belong to somebody else?", true, e);
    }
}
