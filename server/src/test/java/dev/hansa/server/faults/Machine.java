package dev.hansa.server.faults;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** A computer with a disk and a clock, on which one process lives again and again. */
final class Machine {
    private static final Instant START = Instant.EPOCH.plus(Duration.ofDays(20_000));
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(20);

    private final String name;
    private final Kind kind;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Trace trace;
    private final Disk disk;
    private final Consumer<Life> process;
    private final Clock clock;
    private Life life = new Life("nobody");
    private int lives;
    private boolean full;
    private long troubles;
    private Duration ahead = Duration.ZERO;

    /** @param process starts the threads of a life */
    Machine(String name, Kind kind, Scheduler scheduler, Faults faults, Trace trace, Path folder,
            Consumer<Life> process) throws IOException {
        this.name = name;
        this.kind = kind;
        this.scheduler = scheduler;
        this.faults = faults;
        this.trace = trace;
        this.process = process;
        this.clock = ((InstantSource) () -> START.plusNanos(scheduler.nanos()).plus(ahead)).withZone(ZoneOffset.UTC);
        this.disk = new Disk(folder, this, faults);
        life.end();
    }

    Disk disk() {
        return disk;
    }

    Life life() {
        return life;
    }

    /** What it shows to people, right or wrong. */
    Clock clock() {
        return clock;
    }

    /** Somebody sets the clock, forward or back. */
    void setClock() {
        double part = faults.chance();
        ahead = Duration.ofSeconds((long) (part * part * part * Duration.ofDays(3).toSeconds()))
                .multipliedBy(faults.choose(2) * 2 - 1);
        faults.count(kind.clockJumped);
        trace.note(() -> name + "'s clock is set");
    }

    void start() {
        life = new Life(name + "#" + ++lives);
        trace.note(life + " starts");
        Life begun = life;
        scheduler.after(faults.around(faults.life(kind)), () -> {
            if (life == begun && !life.isOver() && !faults.isCalm()) {
                faults.count(kind.crashed);
                crash();
            }
        });
        process.accept(life);
    }

    /** The process ends in good order, unless it has ended already, and starts again by itself. */
    void stop(Life stopped, Consumer<Life> farewell) {
        if (life == stopped && !life.isOver() && !faults.isCalm()) {
            trace.note(life + " stops");
            scheduler.kill(life);
            disk.crash(false);
            life = new Life(name + "#" + lives + ", stopping");
            farewell.accept(life);
            Life stopping = life;
            scheduler.after(Duration.ofSeconds(3).plus(faults.within(LONGEST_AWAY.multipliedBy(3))), () -> {
                scheduler.kill(stopping);
                start();
            });
        }
    }

    /** It starts again by itself. */
    private void crash() {
        boolean powerLoss = faults.strike(faults.powerLoss);
        trace.note(life + " crashes" + (powerLoss ? " with the power" : ""));
        scheduler.kill(life);
        disk.crash(powerLoss);
        scheduler.after(faults.within(LONGEST_AWAY), this::start);
    }

    /** For some time nothing can be written. */
    void fillDisk(Duration time) {
        full = true;
        trace.note(name + "'s disk is full");
        scheduler.after(time, () -> full = false);
    }

    /** Something is about to happen, or has just happened, that a crash would divide from what comes next. */
    void point() {
        scheduler.requireAlive();
        if (faults.strike(kind.crashedInOperation, faults.crashes)) {
            crash();
            scheduler.requireAlive();
        }
    }

    /** Fails if the disk does. */
    void write(String file) throws IOException {
        if (full && !faults.isCalm()) {
            faults.count(kind.diskFull);
            throw trouble(file, "No space left on device");
        }
        if (kind == Kind.COORDINATOR && faults.strike(Mishap.COORDINATOR_DISK_FAILED, faults.brokenOperations)) {
            throw trouble(file, "Input/output error");
        }
    }

    private IOException trouble(String file, String what) {
        troubles++;
        return new FileSystemException(file, null, what);
    }

    /** How often its disk has failed. */
    long troubles() {
        return troubles;
    }

    /** What goes wrong is counted by the kind. */
    enum Kind {
        COORDINATOR(Mishap.COORDINATOR_CRASHED, Mishap.COORDINATOR_CRASHED_IN_AN_OPERATION,
                Mishap.COORDINATOR_DISK_FULL, Mishap.COORDINATOR_CLOCK_JUMPED),
        NODE(Mishap.NODE_CRASHED, Mishap.NODE_CRASHED_IN_AN_OPERATION, Mishap.NODE_DISK_FULL,
                Mishap.NODE_CLOCK_JUMPED);

        private final Mishap crashed;
        private final Mishap crashedInOperation;
        private final Mishap diskFull;
        private final Mishap clockJumped;

        Kind(Mishap crashed, Mishap crashedInOperation, Mishap diskFull, Mishap clockJumped) {
            this.crashed = crashed;
            this.crashedInOperation = crashedInOperation;
            this.diskFull = diskFull;
            this.clockJumped = clockJumped;
        }
    }
}
