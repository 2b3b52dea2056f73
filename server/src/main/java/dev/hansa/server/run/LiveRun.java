package dev.hansa.server.run;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.Store;
import dev.hansa.server.fleet.RemoteFleet;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run that is under way: its loop, its fleet and the thread that runs them. */
final class LiveRun {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRun.class);

    private final String id;
    private final RunLoop loop;
    private final RemoteFleet fleet;
    private final Store store;
    private final Thread thread;

    /** @param over is called at the end, from the run's thread */
    LiveRun(String id, RunLoop loop, RemoteFleet fleet, Store store, Runnable over) {
        this.id = id;
        this.loop = loop;
        this.fleet = fleet;
        this.store = store;
        this.thread = Thread.ofPlatform().name("hansa-run-" + id).unstarted(() -> {
            try {
                run();
            } finally {
                over.run();
            }
        });
    }

    void start() {
        thread.start();
    }

    /** Ends the run after the round at hand. */
    void stop() {
        loop.stop();
        fleet.stopWaiting();
    }

    /** Ends the thread; the run is to be gone on with later. */
    void interrupt() {
        thread.interrupt();
    }

    /** Waits until the thread has ended. */
    void join(Duration patience) throws InterruptedException {
        if (!thread.join(patience)) {
            LOG.warn("run {} did not end in {} seconds", id, patience.toSeconds());
        }
    }

    private void run() {
        try {
            RunEvent end = loop.run();
            LOG.info("run {}: {}", id, end);
        } catch (InterruptedException e) {
            LOG.info("run {} pauses until the coordinator starts again", id);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) { // a file that was being read was closed by the interrupt
                LOG.info("run {} pauses until the coordinator starts again", id);
                return;
            }
            LOG.error("run {} failed", id, e);
            store.append(id, new RunEvent.Failed("the coordinator failed: " + e.getMessage()));
        }
    }
}
