package dev.hansa.wire.safetensors;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of safetensors files named by the SHA-256 of their content, for their owner alone.
 *
 * <p>A file with such a name is always whole: it is written under another name, synced, and then renamed. What a crash
 * leaves behind ends in {@code .tmp} and may be deleted at the next start. Interrupts do not disturb the writing.
 * Safe for use by several threads.
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
        return folder.resolve(sha256.hex() + ".safetensors");
    }

    /**
     * Writes the values without metadata, so that equal values have one name. Durable when it returns.
     *
     * @throws FederationException if the folder cannot be written to
     */
    public BlobRef write(ParameterSource values) {
        return write(values, Collections.emptySortedMap());
    }

    /**
     * Writes the values as {@link #write(ParameterSource)} does, but not durably: for files that are made again after a
     * crash of the machine, whose folder is emptied then.
     *
     * @throws FederationException if the folder cannot be written to
     */
    public BlobRef writeForNow(ParameterSource values) {
        return write(values, Collections.emptySortedMap(), false);
    }

    /**
     * Writes the values, with texts by name. Durable when it returns.
     *
     * @throws FederationException if the folder cannot be written to
     */
    public BlobRef write(ParameterSource values, SortedMap<String, String> metadata) {
        return write(values, metadata, true);
    }

    private BlobRef write(ParameterSource values, SortedMap<String, String> metadata, boolean durable) {
        Path temporary = folder.resolve("writing-" + UUID.randomUUID() + ".tmp");
        try {
            try {
                BlobRef blob = write(temporary, values, metadata, durable);
                Path file = path(blob.sha256());
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                if (durable) {
                    PrivateFiles.syncName(file);
                }
                return blob;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private static BlobRef write(Path file, ParameterSource values, SortedMap<String, String> metadata, boolean durable)
            throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (FileOutputStream content = new FileOutputStream(PrivateFiles.create(file).toFile())) {
            OutputStream out = new BufferedOutputStream(new DigestOutputStream(content, digest));
            SafetensorsWriter.write(out, values, metadata);
            out.flush();
            if (durable) {
                content.getFD().sync();
            }
        }
        return new BlobRef(Sha256.finish(digest), Files.size(file));
    }

    /**
     * Takes in a file that has arrived from elsewhere on the same disk, if it is the blob; otherwise leaves it where it is.
     * Not durably: after a crash of the machine the file may be something else, and is to be {@linkplain #holds checked}.
     *
     * @return whether size and digest were right
     * @throws FederationException if the file cannot be read or moved
     */
    public boolean adopt(Path file, BlobRef blob) {
        try {
            if (!is(file, blob)) {
                return false;
            }
            Files.move(file, path(blob.sha256()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /**
     * Whether the blob is here, whole and as it should be; all of it is read.
     *
     * @throws FederationException if its file cannot be read
     */
    public boolean holds(BlobRef blob) {
        Path file = path(blob.sha256());
        try {
            return Files.exists(file) && is(file, blob);
        } catch (IOException e) {
            throw new FederationException("cannot read " + file + ": " + e, true, e);
        }
    }

    private static boolean is(Path file, BlobRef blob) throws IOException {
        return Files.size(file) == blob.sizeBytes() && Sha256.of(file).equals(blob.sha256());
    }

    /**
     * Deletes all blobs but these, and what was left half written.
     *
     * @throws FederationException if that cannot be done
     */
    public void keepOnly(Set<Sha256> names) {
        Set<Path> kept = names.stream().map(this::path).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> rest = files.filter(file -> !kept.contains(file)).collect(Collectors.toList());
            for (Path file : rest) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new FederationException("cannot delete old files in " + folder + ": " + e, true, e);
        }
    }

    /**
     * Deletes the blob, if it exists.
     *
     * @throws FederationException if that cannot be done
     */
    public void delete(Sha256 name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new FederationException("cannot delete " + path(name) + ": " + e, true, e);
        }
    }

    private FederationException notWritten(IOException e) {
        return new FederationException("cannot write a blob to " + folder + ": " + e
                + "; is the disk full, or does the folder belong to somebody else?", true, e);
    }
}
