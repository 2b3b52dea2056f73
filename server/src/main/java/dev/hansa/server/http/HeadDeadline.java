package dev.hansa.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts connections whose next request does not get to the end of its headers, however steadily its bytes drip. TLS has to
 * be agreed on in the same time. Those over which nobody has come whom we {@linkplain Peer#isKnown know} have less time for
 * it, and end after {@value #STRANGERS_TIMES} times that: strangers could keep all connections otherwise.
 */
final class HeadDeadline implements Connection.Listener, HttpConfiguration.Customizer {
    private static final int STRANGERS_TIMES = 4;

    private final Scheduler scheduler;
    private final Duration first;
    private final Duration next;
    private final Map<Connection, Scheduler.Task> waiting = new ConcurrentHashMap<>();

    /**
     * @param first from connecting; for strangers, from the end of an answer too
     * @param next  from the end of an answer, for each further request
     */
    HeadDeadline(Scheduler scheduler, Duration first, Duration next) {
        this.scheduler = scheduler;
        this.first = first;
        this.next = next;
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) { // the connection inside it counts
            await(connection, first);
        }
    }

    /** The headers are whole. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        ConnectionMetaData metaData = request.getConnectionMetaData();
        Connection connection = metaData.getConnection();
        onClosed(connection);
        Request.addCompletionListener(request,
                failure -> await(connection, Peer.isKnown(metaData) ? next : strangersNext(connection)));
        return request;
    }

    private Duration strangersNext(Connection connection) {
        Duration age = Duration.ofMillis(System.currentTimeMillis() - connection.getEndPoint().getCreatedTimeStamp());
        Duration left = first.multipliedBy(STRANGERS_TIMES).minus(age);
        return left.compareTo(first) < 0 ? left : first;
    }

    @Override
    public void onClosed(Connection connection) {
        Scheduler.Task task = waiting.remove(connection);
        if (task != null) {
            task.cancel();
        }
    }

    private void await(Connection connection, Duration time) {
        onClosed(connection);
        try {
            waiting.put(connection,
                    scheduler.schedule(() -> cut(connection), Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            return; // the server stops, and closes it
        }
        if (!connection.getEndPoint().isOpen()) { // it closed in the meantime, and will not again
            onClosed(connection);
        }
    }

    private void cut(Connection connection) {
        waiting.remove(connection);
        Peer.cut(connection);
    }
}
