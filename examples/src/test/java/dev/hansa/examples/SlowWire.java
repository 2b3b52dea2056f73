package dev.hansa.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thin line between a node and its coordinator that fails again and again: so many bytes a second in each direction,
 * for all connections together, and an outage whenever so many have passed in both. It cuts every connection, with what
 * is under way on it, and lets none through until it is over.
 *
 * <p>Small socket buffers: what a side has sent is what has passed here, but for some KiB.
 */
final class SlowWire implements AutoCloseable {
    private static final int PIECE_BYTES = 2_048;
    private static final int SOCKET_BUFFER_BYTES = 8 << 10;

    private final ServerSocket listening;
    private final int coordinatorPort;
    private final Direction up;
    private final Direction down;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger outages = new AtomicInteger();
    private final long bytesBetween;
    private final Duration outage;
    private final AtomicLong sinceOutage = new AtomicLong();
    private final AtomicBoolean out = new AtomicBoolean();

    /**
     * @param bytesPerSecond in each direction
     * @param bytesBetween   two outages
     * @param outage         how long each lasts
     */
    SlowWire(int coordinatorPort, int bytesPerSecond, long bytesBetween, Duration outage) throws IOException {
        this.listening = new ServerSocket();
        listening.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.coordinatorPort = coordinatorPort;
        this.up = new Direction(bytesPerSecond);
        this.down = new Direction(bytesPerSecond);
        this.bytesBetween = bytesBetween;
        this.outage = outage;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** All that the node has sent so far, whether or not it arrived. */
    long fromNode() {
        return up.passed.get();
    }

    /** All that the coordinator has sent so far, whether or not it arrived. */
    long toNode() {
        return down.passed.get();
    }

    /** How often all connections were cut. */
    int outages() {
        return outages.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket node = listening.accept();
                if (out.get()) {
                    node.close();
                    continue;
                }
                Socket coordinator = new Socket();
                coordinator.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
                coordinator.setSendBufferSize(SOCKET_BUFFER_BYTES);
                node.setSendBufferSize(SOCKET_BUFFER_BYTES);
                coordinator.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), coordinatorPort));
                open.addAll(List.of(node, coordinator));
                if (out.get()) { // since a moment ago
                    cut(node);
                    cut(coordinator);
                }
                Thread.ofVirtual().start(() -> pump(node, coordinator, up));
                Thread.ofVirtual().start(() -> pump(coordinator, node, down));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pump(Socket from, Socket to, Direction direction) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream onwards = to.getOutputStream()) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                direction.pass(length);
                fail(length);
                onwards.write(piece, 0, length);
            }
        } catch (IOException e) {
            // one side hung up, or the line was cut; closing both tells the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.removeAll(List.of(from, to));
        }
    }

    private void fail(int passed) {
        if (sinceOutage.addAndGet(passed) >= bytesBetween && out.compareAndSet(false, true)) {
            outages.incrementAndGet();
            open.forEach(SlowWire::cut);
            Thread.ofVirtual().start(this::endOutage);
        }
    }

    private void endOutage() {
        try {
            Thread.sleep(outage);
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

    /** Lets so many bytes a second pass, and counts them. */
    private static final class Direction {
        private final int bytesPerSecond;
        private final AtomicLong passed = new AtomicLong();
        private long freeAtNanos = System.nanoTime();

        Direction(int bytesPerSecond) {
            this.bytesPerSecond = bytesPerSecond;
        }

        /** Returns when so many bytes have passed, behind those that came before. */
        void pass(int bytes) throws InterruptedException {
            passed.addAndGet(bytes);
            long until;
            synchronized (this) {
                freeAtNanos = Math.max(freeAtNanos, System.nanoTime()) + bytes * 1_000_000_000L / bytesPerSecond;
                until = freeAtNanos;
            }
            TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
        }
    }
}
