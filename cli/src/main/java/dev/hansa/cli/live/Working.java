package dev.hansa.cli.live;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says on a terminal what takes a while, and since when, until it is closed; nothing where nobody looks, and nothing of what is
 * done within a second. Whoever uses it says nothing else meanwhile.
 */
public final class Working implements AutoCloseable {
    private static final String CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final String what;
    private final ScheduledExecutorService clock;
    private int seconds;
    private boolean drawn;
    private boolean closed;

    private Working(Terminal terminal, boolean shown, String what, ScheduledExecutorService clock) {
        this.terminal = terminal;
        this.what = Format.printable(what);
        this.clock = clock;
        if (shown && terminal.interactive()) {
            clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    /**
     * Begins, on a thread that keeps no process alive.
     *
     * @param shown whether it may say anything at all
     */
    public static Working on(Terminal terminal, boolean shown, String what) {
        return new Working(terminal, shown, what, Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("hansa-working").unstarted(task)));
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        seconds++;
        String line = what + " … " + seconds + " s";
        int columns = terminal.columns();
        terminal.print(CLEAR + (line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1))));
        drawn = true;
    }

    /** Nothing of it stays on the screen. */
    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            closed = true;
            if (drawn) {
                terminal.print(CLEAR);
                drawn = false;
            }
        }
    }
}
