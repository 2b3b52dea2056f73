package dev.hansa.server.store;

import dev.hansa.core.FederationException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells trouble of files and the database, which may be over at the next try, from what stays as it is. */
public final class Passing {
    /** By the low byte, which names the kind; the rest tells more. */
    private static final Set<Integer> KINDS = Set.of(SQLiteErrorCode.SQLITE_BUSY.code,
            SQLiteErrorCode.SQLITE_LOCKED.code, SQLiteErrorCode.SQLITE_NOMEM.code, SQLiteErrorCode.SQLITE_IOERR.code,
            SQLiteErrorCode.SQLITE_FULL.code, SQLiteErrorCode.SQLITE_CANTOPEN.code,
            SQLiteErrorCode.SQLITE_PROTOCOL.code);

    private Passing() {}

    /** Whether to try again; of several causes the outermost that knows decides. */
    public static boolean is(Throwable problem) {
        for (@Nullable
        Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof FederationException broken) {
                return broken.retrySafe();
            } else if (cause instanceof SQLiteException sqlite) {
                return KINDS.contains(sqlite.getResultCode().code & 0xff);
            } else if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
