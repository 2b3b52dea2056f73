package dev.hansa.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;

/** The other side of a request's connection, kept apart from the coordinator's own files: each breaks in its own way. */
final class Peer {
    private static final String KNOWN = "dev.hansa.known";

    private Peer() {}

    /** Notes that who uses the request's connection is a node or an operator. */
    static void know(Context request) {
        connection(request).setAttribute(KNOWN, true);
    }

    /** Whether that was noted of the connection. */
    static boolean isKnown(ConnectionMetaData connection) {
        return connection.getAttribute(KNOWN) != null;
    }

    private static ConnectionMetaData connection(Context request) {
        return ServletContextRequest.getServletContextRequest(request.req()).getConnectionMetaData();
    }

    /** Ends the request's connection at once; may be run by any thread, also when the request is over. */
    static Runnable cut(Context request) {
        Connection connection = connection(request).getConnection();
        return () -> cut(connection);
    }

    /** Ends the connection without the farewell of TLS, which would wait for the other side. */
    static void cut(Connection connection) {
        EndPoint end = connection.getEndPoint();
        while (end instanceof EndPoint.Wrapper outer) {
            end = outer.unwrap();
        }
        end.close();
    }

    /**
     * Reads what comes next of the body.
     *
     * @return how many bytes, or -1 at the end
     */
    static int read(Context request, byte[] piece) throws LostConnectionException {
        return read(request, piece, 0);
    }

    /** The same, into the piece from there on. */
    static int read(Context request, byte[] piece, int from) throws LostConnectionException {
        try {
            return request.req().getInputStream().read(piece, from, piece.length - from);
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
