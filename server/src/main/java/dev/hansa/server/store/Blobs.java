package dev.hansa.server.store;

import dev.hansa.core.FederationException;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.safetensors.SafetensorsWriter;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Safetensors files named by the SHA-256 of their content. A file that has its name is whole and on the disk. Interrupts
 * do not disturb the writing.
 */
public final class Blobs {
    private final Path folder;

    /** Those of the folder, which exists. */
    public Blobs(Path folder) {
        this.folder = folder;
    }

    /** Where the blob lies, or would lie. */
    public Path path(Sha256 name) {
        return folder.resolve(name.hex() + ".safetensors");
    }

    /** Keeps the values, with texts by name. */
    public BlobRef save(ParameterSource values, SortedMap<String, String> metadata) {
        Path temporary = folder.resolve("writing-" + UUID.randomUUID());
        try {
            PrivateFiles.create(temporary);
            MessageDigest digest = Sha256.newDigest();
            try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
                OutputStream out = new BufferedOutputStream(new DigestOutputStream(file, digest));
                SafetensorsWriter.write(out, values, metadata);
                out.flush();
                file.getFD().sync();
            }
            long size = Files.size(temporary);
            Sha256 name = Sha256.finish(digest);
            PrivateFiles.move(temporary, path(name));
            return new BlobRef(name, size);
        } catch (IOException e) {
            throw new FederationException("cannot write to " + folder + ": " + e.getMessage()
                    + "; is there room on the disk?", true, e);
        }
    }

    /** Deletes all blobs but these, and what was left half written. */
    public void keepOnly(Set<Sha256> names) {
        List<Path> kept = names.stream().map(this::path).toList();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !kept.contains(file)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new FederationException("cannot delete old files in " + folder + ": " + e.getMessage(), true, e);
        }
    }

    /** Deletes the blob, if it exists. */
    public void delete(Sha256 name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new FederationException("cannot delete " + path(name) + ": " + e.getMessage(), true, e);
        }
    }
}
