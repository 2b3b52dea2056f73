package dev.hansa.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thin, long line between a node and its coordinator that fails again and again. An outage cuts every connection, with
 * what is under way on it, and lets none through until it is over. A black hole tells nobody anything: the connections of
 * that moment stay open and nothing comes out of them any more; new ones work.
 *
 * <p>Small socket buffers: what a side has sent is what has passed here, but for some KiB.
 */
final class SlowWire implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 8 << 10;

    private final ServerSocket listening;
    private final int coordinatorPort;
    private final Shape shape;
    private final WireDirection up;
    private final WireDirection down;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger outages = new AtomicInteger();
    private final AtomicLong sinceOutage = new AtomicLong();
    private final AtomicBoolean out = new AtomicBoolean();

    SlowWire(int coordinatorPort, Shape shape) throws IOException {
        this.listening = new ServerSocket();
        listening.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.coordinatorPort = coordinatorPort;
        this.shape = shape;
        this.up = new WireDirection(shape.bytesPerSecond, shape.latency, this::passed, shape.holeAfterUp);
        this.down = new WireDirection(shape.bytesPerSecond, shape.latency, this::passed, shape.holeAfterDown);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** From the node. */
    WireDirection up() {
        return up;
    }

    /** To the node. */
    WireDirection down() {
        return down;
    }

    /** How often all connections were cut. */
    int outages() {
        return outages.get();
    }

    /** How many there were. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket node = listening.accept();
                if (out.get()) {
                    node.close();
                    continue;
                }
                connect(node);
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket node) throws IOException {
        Socket coordinator = new Socket();
        coordinator.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        coordinator.setSendBufferSize(SOCKET_BUFFER_BYTES);
        node.setSendBufferSize(SOCKET_BUFFER_BYTES);
        coordinator.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), coordinatorPort));
        open.addAll(List.of(node, coordinator));
        connections.incrementAndGet();
        if (out.get()) { // since a moment ago
            cut(node);
            cut(coordinator);
        }
        AtomicBoolean hole = new AtomicBoolean();
        up.carry(node, coordinator, hole);
        down.carry(coordinator, node, hole);
    }

    private void passed(int bytes) {
        if (shape.bytesBetween > 0 && sinceOutage.addAndGet(bytes) >= shape.bytesBetween
                && out.compareAndSet(false, true)) {
            outages.incrementAndGet();
            open.forEach(SlowWire::cut);
            open.clear();
            Thread.ofVirtual().start(this::endOutage);
        }
    }

    private void endOutage() {
        try {
            Thread.sleep(shape.outage);
            sinceOutage.set(0);
            out.set(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.setSoLinger(true, 0); // what is under way is lost
            socket.close();
        } catch (IOException e) {
            // it hung up just now
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(SlowWire::cut);
    }

    /**
     * What a line is like.
     *
     * @param bytesPerSecond in each direction, for all connections together
     * @param latency        from end to end
     * @param bytesBetween   two outages, of both directions together; 0 for no outage
     * @param outage         how long each lasts
     * @param holeAfterUp    a connection becomes a black hole when so many bytes have come from the node; 0 for none
     * @param holeAfterDown  the same when so many have gone to the node
     */
    record Shape(int bytesPerSecond, Duration latency, long bytesBetween, Duration outage, long holeAfterUp,
            long holeAfterDown) {}
}
