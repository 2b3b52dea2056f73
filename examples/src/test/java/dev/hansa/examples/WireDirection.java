package dev.hansa.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** One direction of a {@link SlowWire}: so many bytes a second, each under way for a while. */
final class WireDirection {
    private static final int PIECE_BYTES = 2_048;
    private static final byte[] END = {};

    private final int bytesPerSecond;
    private final Duration latency;
    private final IntConsumer passed;
    private final long holeAfter;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicBoolean holed = new AtomicBoolean();
    private long freeAtNanos = System.nanoTime();

    /**
     * @param passed    is told how many bytes have been sent
     * @param holeAfter so many bytes the connection at hand is a black hole; 0 for never
     */
    WireDirection(int bytesPerSecond, Duration latency, IntConsumer passed, long holeAfter) {
        this.bytesPerSecond = bytesPerSecond;
        this.latency = latency;
        this.passed = passed;
        this.holeAfter = holeAfter;
    }

    /** All that was sent so far, whether or not it arrived. */
    long sent() {
        return sent.get();
    }

    /** What was sent and did not come out: it was under way when the line failed. */
    long lost() {
        return sent.get() - arrived.get();
    }

    /** Whether there was a black hole. */
    boolean wasHoled() {
        return holed.get();
    }

    /** @param hole whether the connection is one, in both directions */
    void carry(Socket from, Socket to, AtomicBoolean hole) {
        BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> send(from, hole, underWay));
        Thread.ofVirtual().start(() -> arrive(from, to, hole, underWay));
    }

    private void send(Socket from, AtomicBoolean hole, BlockingQueue<Piece> underWay) {
        try {
            InputStream in = from.getInputStream();
            byte[] piece = new byte[PIECE_BYTES];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                pass(length);
                if (holeAfter > 0 && sent.get() >= holeAfter && holed.compareAndSet(false, true)) {
                    hole.set(true);
                }
                if (hole.get()) {
                    return; // and neither socket is closed
                }
                underWay.add(new Piece(Arrays.copyOf(piece, length), System.nanoTime() + latency.toNanos()));
                passed.accept(length);
            }
        } catch (IOException e) {
            // one side hung up, or the line was cut
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        underWay.add(new Piece(END, System.nanoTime() + latency.toNanos()));
    }

    private void arrive(Socket from, Socket to, AtomicBoolean hole, BlockingQueue<Piece> underWay) {
        try (from; to; OutputStream out = to.getOutputStream()) {
            for (Piece piece = underWay.take(); piece.bytes.length > 0; piece = underWay.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.arrivesNanos - System.nanoTime());
                if (!hole.get()) {
                    out.write(piece.bytes);
                    arrived.addAndGet(piece.bytes.length);
                }
            }
        } catch (IOException e) {
            // one side hung up, or the line was cut; closing both tells the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when so many bytes have been sent, behind those that came before. */
    private void pass(int bytes) throws InterruptedException {
        sent.addAndGet(bytes);
        long until;
        synchronized (this) {
            freeAtNanos = Math.max(freeAtNanos, System.nanoTime()) + bytes * 1_000_000_000L / bytesPerSecond;
            until = freeAtNanos;
        }
        TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
    }

    private record Piece(byte[] bytes, long arrivesNanos) {}
}
