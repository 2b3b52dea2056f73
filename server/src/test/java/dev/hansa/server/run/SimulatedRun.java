package dev.hansa.server.run;

import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.Store;
import dev.hansa.server.store.DiskFull;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Lock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Starts real live runs in a simulated world. */
public final class SimulatedRun {

    private SimulatedRun() {}

    /**
     * Brings the run to its end.
     *
     * @param progress how far it is
     * @param over     is called at the end, from the run's thread
     */
    public static void start(String id, Supplier<RunLoop> loops, Store store, IntSupplier progress, Runnable over,
            ThreadFactory threads, Lock lock) {
        new LiveRun(id, () -> new LiveRun.Attempt(loops.get(), () -> {}, Optional::empty), store,
                new DiskFull(() -> Long.MAX_VALUE), new Tries(Duration.ofSeconds(5), progress), over, threads, lock)
                .start();
    }
}
