package dev.hansa.client.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A file as its only writer left it, so that it notices if somebody else has been there: which file it is, where the system
 * tells, how long it is, and when it was written last, as far as the writer knows.
 */
final class Footprint {
    private static final long UNKNOWN = -1;

    private final @Nullable Object key;
    private final long length;
    private final @Nullable FileTime written;

    private Footprint(@Nullable Object key, long length, @Nullable FileTime written) {
        this.key = key;
        this.length = length;
        this.written = written;
    }

    /** Of whatever file is there, so long. */
    static Footprint ofAny(long length) {
        return new Footprint(null, length, null);
    }

    /** Of the same file while it is being written, and after a write that failed. */
    Footprint unsettled() {
        return new Footprint(key, UNKNOWN, null);
    }

    /** Of the same file, so long from now on. */
    Footprint grown(long to) {
        return new Footprint(key, to, null);
    }

    /**
     * The file behind the name, as it is left now.
     *
     * @throws ChangedException if it is not what was expected of it
     */
    Footprint look(Path file) throws IOException, ChangedException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new ChangedException("is not there any more");
        }
        if (key != null && !key.equals(now.fileKey())) {
            throw new ChangedException("is another file than the one that this node writes");
        }
        boolean asLong = length == UNKNOWN || length == now.size();
        if (!asLong || written != null && !written.equals(now.lastModifiedTime())) {
            throw new ChangedException("was written by somebody else: " + now.size() + " bytes at "
                    + now.lastModifiedTime() + ", expected " + length + " bytes"
                    + (written == null ? "" : " at " + written));
        }
        return new Footprint(now.fileKey(), now.size(), now.lastModifiedTime());
    }

    /** Somebody else has been at the file; the message begins with a verb. */
    static final class ChangedException extends Exception {
        private static final long serialVersionUID = 1L;

        ChangedException(String problem) {
            super(problem);
        }
    }
}
