package dev.hansa.server.store;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a disk without room, which somebody will make room on, from what waiting does not mend. */
public final class DiskFull {
    /** What operating systems say; Java has no other word for it. */
    private static final List<String> WORDS =
            List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

    private DiskFull() {}

    /** Whether a full disk is what the problem, or a cause of it, tells of. */
    public static boolean causedBy(Throwable problem) {
        for (@Nullable
        Throwable cause = problem; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL
                    || cause instanceof IOException && WORDS.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }
}
