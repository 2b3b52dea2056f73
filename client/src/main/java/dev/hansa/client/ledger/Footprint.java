package dev.hansa.client.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file as its only writer left it, so that it notices if somebody else has been there: which file it is, where the system
 * tells, how long it is, and when it was written last.
 */
final class Footprint {
    private final @Nullable Object key;
    private final long length;
    private final FileTime written;

    private Footprint(BasicFileAttributes attributes) {
        this.key = attributes.fileKey();
        this.length = attributes.size();
        this.written = attributes.lastModifiedTime();
    }

    static Footprint of(Path file) throws IOException {
        return new Footprint(Files.readAttributes(file, BasicFileAttributes.class));
    }

    /** What has happened to the file since, behind its name; empty if nothing has. */
    Optional<String> change(Path file) throws IOException {
        Footprint now;
        try {
            now = of(file);
        } catch (NoSuchFileException e) {
            return Optional.of("is not there any more");
        }
        if (!Objects.equals(now.key, key)) {
            return Optional.of("is another file than the one that this node writes");
        }
        return now.length == length && now.written.equals(written) ? Optional.empty()
                : Optional.of("was written by somebody else: " + now.length + " bytes at " + now.written + ", expected "
                        + length + " at " + written);
    }
}
