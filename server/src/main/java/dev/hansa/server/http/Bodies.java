package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The bodies of control requests: not too large, not too slow, and not too much of them at once. */
final class Bodies {
    /** The most that a control request may hold. */
    static final int LIMIT_BYTES = 1 << 20;
    /** The most of all bodies together that wait for their rest, of strangers too, or are worked on. */
    static final int TOTAL_BYTES = 64 << 20;
    private static final Duration DISCARDING = Duration.ofSeconds(5);
    private static final long DISCARDED_BYTES = 8 << 20;
    private static final byte[] NOTHING = {};
    /** Where bytes go that nobody wants, of all requests: one each would be memory that strangers can ask for. */
    private static final byte[] DISCARDED = new byte[1 << 16];

    private final Duration patience;
    private final Semaphore free;
    private final Load load;

    /**
     * @param patience   how long a body may take as a whole
     * @param totalBytes of all bodies that are not closed yet
     * @param load       counts those who are turned away
     */
    Bodies(Duration patience, int totalBytes, Load load) {
        this.patience = patience;
        this.free = new Semaphore(totalBytes);
        this.load = load;
    }

    Body read(Context request) throws IOException {
        return read(request, LIMIT_BYTES);
    }

    /** @param limit the most bytes */
    Body read(Context request, int limit) throws IOException {
        if (request.req().getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            read(request, limit, body);
        } catch (IOException | RuntimeException e) {
            free.release(body.size());
            throw e;
        }
        return new Body(body.toByteArray());
    }

    private void read(Context request, int limit, ByteArrayOutputStream body) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        byte[] piece = new byte[8192];
        for (int read = Peer.read(request, piece); read >= 0; read = Peer.read(request, piece)) {
            if (!free.tryAcquire(read)) {
                throw load.turnAway("too many send at once");
            }
            body.write(piece, 0, read);
            if (body.size() > limit) {
                throw tooLarge(limit);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new RejectedException(ErrorCode.TOO_SLOW,
                        "the body was not there after " + patience.toSeconds() + " seconds");
            }
        }
    }

    /**
     * Reads what is left of a body that nobody wants, or a good part of it: a sender that is cut off while it sends does
     * not see the answer.
     */
    static void discard(Context request) {
        long deadline = System.nanoTime() + DISCARDING.toNanos();
        try {
            for (long left = DISCARDED_BYTES; left > 0 && System.nanoTime() - deadline < 0;) {
                int read = Peer.read(request, DISCARDED);
                if (read < 0) {
                    return;
                }
                left -= read;
            }
        } catch (IOException e) {
            // the sender has gone, and with it who would read the answer
        }
    }

    /** A body that has been read, and takes room until it is closed. */
    final class Body implements AutoCloseable {
        private byte[] bytes;

        private Body(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Nothing any more once it is closed. */
        byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            free.release(bytes.length);
            bytes = NOTHING;
        }
    }

    private static RejectedException tooLarge(int limit) {
        return new RejectedException(ErrorCode.TOO_LARGE, "the body has more than " + limit + " bytes");
    }
}
