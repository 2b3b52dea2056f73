package dev.hansa.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks again and again at how much memory the objects in use take: garbage is collected for each look, and counted is what
 * that collection left, so that what is seen depends neither on when Java would have collected nor on what was made between
 * the collection and the look. It slows down what is watched.
 */
public final class HeapWatch implements AutoCloseable {
    private static final int PAUSE_MILLIS = 50;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watcher = Thread.ofPlatform().daemon().name("hansa-heap-watch").unstarted(this::watch);
    private volatile long peakBytes;
    private volatile int looks;

    /** Begins to look. */
    public HeapWatch() {
        watcher.start();
    }

    private void watch() {
        int count = 0;
        try {
            do {
                memory.gc();
                peakBytes = Math.max(peakBytes, leftByCollection());
                looks = ++count;
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long leftByCollection() {
        return pools.stream().map(MemoryPoolMXBean::getCollectionUsage).filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed).sum();
    }

    /** The most that was seen; complete once this is closed. */
    public long peakBytes() {
        return peakBytes;
    }

    /** How often it has looked: on a busy machine seldom, so that what is over soon is hardly seen. */
    public int looks() {
        return looks;
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        watcher.join();
    }
}
