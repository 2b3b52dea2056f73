package dev.hansa.server.http;

import io.javalin.http.Context;
import java.io.IOException;

/** The other side of a request's connection, kept apart from the coordinator's own files: each breaks in its own way. */
final class Peer {
    private Peer() {}

    /**
     * Reads what comes next of the body.
     *
     * @return how many bytes, or -1 at the end
     */
    static int read(Context request, byte[] piece) throws LostConnectionException {
        try {
            return request.req().getInputStream().read(piece);
        } catch (IOException e) {
            throw new LostConnectionException(e);
        }
    }

    /** Sends the first bytes of the piece as part of the answer. */
    static void write(Context request, byte[] piece, int length) throws LostConnectionException {
        try {
            request.res().getOutputStream().write(piece, 0, length);
        } catch (IOException e) {
            throw new LostConnectionException(e);
        }
    }

    /** Sends what there is of the answer. */
    static void flush(Context request) throws LostConnectionException {
        try {
            request.res().flushBuffer();
        } catch (IOException e) {
            throw new LostConnectionException(e);
        }
    }
}
