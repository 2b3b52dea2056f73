package dev.hansa.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Tells a disk without room, which somebody will make room on, from what waiting does not mend.
 *
 * @param room how much is free where the coordinator writes
 */
public record DiskFull(Room room) {
    /** What operating systems say in English: a quota leaves the disk room, and only words tell of it. */
    private static final List<String> WORDS =
            List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");
    /** A write that fails where less is free fails for want of room, whatever the words. */
    private static final long LITTLE_BYTES = 4 << 20;

    /** Of the disk with this folder. */
    public static DiskFull of(Path folder) {
        return new DiskFull(() -> Files.getFileStore(folder).getUsableSpace());
    }

    /** Whether a full disk is what the problem, or a cause of it, tells of. */
    public boolean causedBy(Throwable problem) {
        for (@Nullable
        Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL
                    || cause instanceof IOException io && (inWords(io) || little())) {
                return true;
            }
        }
        return false;
    }

    /** Whether hardly anything can be written now; a quota does not show before a write fails. */
    public boolean now() {
        return little();
    }

    private static boolean inWords(IOException problem) {
        String message = String.valueOf(problem.getMessage());
        return WORDS.stream().anyMatch(message::contains);
    }

    private boolean little() {
        try {
            return room.usableBytes() < LITTLE_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** How much is free. */
    public interface Room {
        long usableBytes() throws IOException;
    }
}
