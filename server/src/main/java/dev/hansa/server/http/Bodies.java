package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The bodies of control requests: not too large, not too slow, and not too much of them at once.
 *
 * <p>Rule: a body takes all of its room before it comes. Those of strangers share a quarter of the room and those of one
 * node a thirty-second, so that they cannot take the room of all nodes.
 */
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
    private final Semaphore freeForStrangers;
    private final int bytesOfNode;
    /** By the node's name. */
    private final Map<String, Semaphore> freeForNode = new ConcurrentHashMap<>();
    private final Load load;

    /**
     * @param patience   how long a body may take as a whole
     * @param totalBytes of all bodies that are not closed yet
     * @param load       counts those who are turned away
     */
    Bodies(Duration patience, int totalBytes, Load load) {
        this.patience = patience;
        this.free = new Semaphore(totalBytes);
        this.freeForStrangers = new Semaphore(totalBytes / 4);
        this.bytesOfNode = totalBytes / 32;
        this.load = load;
    }

    /** Of one whose right is known. */
    Body read(Context request) throws IOException {
        return read(request, LIMIT_BYTES, List.of(free));
    }

    /** Of that node, which has signed it. */
    Body read(Context request, String node) throws IOException {
        Semaphore own = freeForNode.computeIfAbsent(node, name -> new Semaphore(bytesOfNode));
        return read(request, LIMIT_BYTES, List.of(own, free));
    }

    /**
     * Of one who is no node.
     *
     * @param limit the most bytes
     */
    Body readOfStranger(Context request, int limit) throws IOException {
        return read(request, limit, List.of(freeForStrangers, free));
    }

    private Body read(Context request, int limit, List<Semaphore> shares) throws IOException {
        int length = length(request, limit);
        take(length, shares);
        try {
            return new Body(read(request, length), shares);
        } catch (Throwable e) {
            release(length, shares);
            throw e;
        }
    }

    private static int length(Context request, int limit) {
        if (request.header("Transfer-Encoding") != null) {
            throw new RejectedException(ErrorCode.BAD_REQUEST,
                    "the body comes in pieces, expected all of it and its length before it, as Content-Length");
        }
        long length = request.req().getContentLengthLong();
        if (length > limit) {
            throw new RejectedException(ErrorCode.TOO_LARGE, "the body has more than " + limit + " bytes");
        }
        return (int) Math.max(length, 0); // -1 says that there is no body
    }

    /** Of all shares, or of none. */
    private void take(int bytes, List<Semaphore> shares) {
        for (int i = 0; i < shares.size(); i++) {
            if (!shares.get(i).tryAcquire(bytes)) {
                release(bytes, shares.subList(0, i));
                throw load.turnAway("too many send at once");
            }
        }
    }

    private static void release(int bytes, List<Semaphore> shares) {
        shares.forEach(share -> share.release(bytes));
    }

    private byte[] read(Context request, int length) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        byte[] body = new byte[length];
        for (int have = 0; have < length;) {
            int read = Peer.read(request, body, have);
            if (read < 0) {
                throw new RejectedException(ErrorCode.BAD_REQUEST,
                        "the body ended after " + have + " of " + length + " bytes");
            }
            have += read;
            if (System.nanoTime() - deadline > 0) {
                throw new RejectedException(ErrorCode.TOO_SLOW,
                        "the body was not there after " + patience.toSeconds() + " seconds");
            }
        }
        return body;
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
    static final class Body implements AutoCloseable {
        private final List<Semaphore> shares;
        private byte[] bytes;

        private Body(byte[] bytes, List<Semaphore> shares) {
            this.bytes = bytes;
            this.shares = shares;
        }

        /** Nothing any more once it is closed. */
        byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            release(bytes.length, shares);
            bytes = NOTHING;
        }
    }
}
