package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The bodies of control requests: not too large, not too slow, and not too much of them at once.
 *
 * <p>Rule: bodies are read before it is known who signed them, so those that come under a name that no node has share a
 * quarter of the room, and those under a node's name a thirty-second: others cannot take the room of all nodes.
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

    /** Of one who says to be that node, which has joined. */
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
        if (request.req().getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        Room room = new Room(shares);
        boolean whole = false;
        try {
            Body body = new Body(read(request, limit, room), room);
            whole = true;
            return body;
        } finally {
            if (!whole) {
                room.release();
            }
        }
    }

    private byte[] read(Context request, int limit, Room room) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        for (int read = Peer.read(request, piece); read >= 0; read = Peer.read(request, piece)) {
            if (!room.take(read)) {
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
        return body.toByteArray();
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

    /** What one body has taken of each share; for one thread. */
    private static final class Room {
        private final List<Semaphore> shares;
        private int bytes;

        Room(List<Semaphore> shares) {
            this.shares = shares;
        }

        /** Of all shares, or of none. */
        boolean take(int more) {
            for (int i = 0; i < shares.size(); i++) {
                if (!shares.get(i).tryAcquire(more)) {
                    shares.subList(0, i).forEach(share -> share.release(more));
                    return false;
                }
            }
            bytes += more;
            return true;
        }

        /** Gives all back; a second call does nothing. */
        void release() {
            shares.forEach(share -> share.release(bytes));
            bytes = 0;
        }
    }

    /** A body that has been read, and takes room until it is closed. */
    static final class Body implements AutoCloseable {
        private final Room room;
        private byte[] bytes;

        private Body(byte[] bytes, Room room) {
            this.bytes = bytes;
            this.room = room;
        }

        /** Nothing any more once it is closed. */
        byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            room.release();
            bytes = NOTHING;
        }
    }

    private static RejectedException tooLarge(int limit) {
        return new RejectedException(ErrorCode.TOO_LARGE, "the body has more than " + limit + " bytes");
    }
}
