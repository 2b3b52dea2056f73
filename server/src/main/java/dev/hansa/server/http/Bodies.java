package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads the bodies of control requests: not too large, and not too slowly. */
final class Bodies {
    /** The most that a control request may hold. */
    static final int LIMIT_BYTES = 1 << 20;
    private static final Duration DISCARDING = Duration.ofSeconds(5);
    private static final long DISCARDED_BYTES = 8 << 20;

    private final Duration patience;

    /** @param patience how long a body may take as a whole */
    Bodies(Duration patience) {
        this.patience = patience;
    }

    byte[] read(Context request) throws IOException {
        return read(request, LIMIT_BYTES);
    }

    /** @param limit the most bytes */
    byte[] read(Context request, int limit) throws IOException {
        if (request.req().getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        long deadline = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        InputStream in = request.req().getInputStream();
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            body.write(piece, 0, read);
            if (body.size() > limit) {
                throw tooLarge(limit);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new RejectedException(ErrorCode.TOO_SLOW,
                        "the body was not there after " + patience.toSeconds() + " seconds");
            }
        }
        return body.toByteArray();
    }

    /**
     * Reads what is left of a body that nobody wants, or a good part of it: a sender that is cut off while it sends does
     * not see the answer.
     */
    static void discard(Context request) {
        long deadline = System.nanoTime() + DISCARDING.toNanos();
        byte[] piece = new byte[1 << 16];
        try {
            InputStream in = request.req().getInputStream();
            for (long left = DISCARDED_BYTES; left > 0 && System.nanoTime() - deadline < 0;) {
                int read = in.read(piece);
                if (read < 0) {
                    return;
                }
                left -= read;
            }
        } catch (IOException e) {
            // the sender has gone, and with it who would read the answer
        }
    }

    private static RejectedException tooLarge(int limit) {
        return new RejectedException(ErrorCode.TOO_LARGE, "the body has more than " + limit + " bytes");
    }
}
