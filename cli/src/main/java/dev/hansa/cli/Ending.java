package dev.hansa.cli;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one command ends: with its result, with a failure, or because the process is asked to end, as by Ctrl-C. Guarantee:
 * for machines exactly one of them is told, as one object; and once the process is asked to end, all that was left to do
 * is done and the command itself is not heard any more, which goes on meanwhile and sees things fall. Safe for several
 * threads.
 */
public final class Ending {
    private final PrintStream out;
    private final PrintStream err;
    private final Deque<Duty> duties = new ArrayDeque<>();
    private boolean forMachines;
    private boolean told;
    private boolean interrupted;

    Ending(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** From now on the end is told as an object, too. */
    public synchronized void forMachines() {
        forMachines = true;
    }

    /** Tells the result or the failure to machines, unless the end has been told. */
    public synchronized void tell(Map<String, ?> object) {
        if (!interrupted) {
            write(object);
        }
    }

    private synchronized void write(Map<String, ?> object) {
        if (forMachines && !told) {
            told = true;
            out.println(Json.line(object));
        }
    }

    /** The command has ended by itself: nothing more is told, unless that is why it ended. */
    synchronized void over() {
        told |= !interrupted;
    }

    /** Whether the process is asked to end: what fails from now on fails for that. */
    public synchronized boolean interrupted() {
        return interrupted;
    }

    /** Something to do when the process is asked to end. */
    public Duty duty(Runnable action) {
        return lastWords(() -> {
            action.run();
            return Map.of();
        });
    }

    /** Something to do when the process is asked to end; what it returns is told to machines beside that. */
    public Duty lastWords(Supplier<Map<String, ?>> action) {
        return new Duty(action);
    }

    /** An action that is done, the last first, if the process is asked to end before it is closed. */
    public final class Duty implements AutoCloseable {
        private final Supplier<Map<String, ?>> action;

        private Duty(Supplier<Map<String, ?>> action) {
            this.action = action;
            synchronized (Ending.this) {
                duties.push(this);
            }
        }

        @Override
        public void close() {
            synchronized (Ending.this) {
                duties.remove(this);
            }
        }
    }

    /**
     * The process is asked to end: returns when all that was left to do is done, and told.
     *
     * @param exitCode what it will end with
     */
    void interrupt(int exitCode) {
        synchronized (this) {
            interrupted = true;
        }
        Map<String, Object> object = Failures.object("interrupted", exitCode);
        for (Duty duty = next(); duty != null; duty = next()) {
            object.putAll(done(duty));
        }
        write(object);
    }

    private synchronized @Nullable Duty next() {
        return duties.poll();
    }

    /** A duty that fails must not keep the others from being done. */
    private Map<String, ?> done(Duty duty) {
        try {
            return duty.action.get();
        } catch (RuntimeException e) {
            err.println("hansa: " + Secrets.hidden(String.valueOf(e.getMessage())));
            return Map.of();
        }
    }
}
