package dev.hansa.server.faults;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A computer with a disk, on which one process lives again and again. */
final class Machine {
    private final String name;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Trace trace;
    private final Disk disk;
    private final double broken;
    private final Consumer<Life> process;
    private final Duration meanLife;
    private Life life = new Life("nobody");
    private int lives;
    private boolean full;

    /**
     * @param broken  how often an operation of the disk fails that would succeed the next time
     * @param process starts the threads of a life
     */
    Machine(String name, Scheduler scheduler, Faults faults, Trace trace, Path folder, double broken, Duration meanLife,
            Consumer<Life> process) throws IOException {
        this.name = name;
        this.scheduler = scheduler;
        this.faults = faults;
        this.trace = trace;
        this.broken = broken;
        this.meanLife = meanLife;
        this.process = process;
        this.disk = new Disk(folder, this, faults);
        life.end();
    }

    Disk disk() {
        return disk;
    }

    Life life() {
        return life;
    }

    void start() {
        life = new Life(name + "#" + ++lives);
        trace.note(life + " starts");
        Life begun = life;
        scheduler.after(faults.around(meanLife), () -> {
            if (life == begun && !life.isOver() && !faults.isCalm()) {
                crash();
            }
        });
        process.accept(life);
    }

    /** It starts again by itself. */
    private void crash() {
        boolean powerLoss = faults.strike(faults.powerLoss);
        trace.note(life + " crashes" + (powerLoss ? " with the power" : ""));
        scheduler.kill(life);
        disk.crash(powerLoss);
        scheduler.after(faults.within(Duration.ofSeconds(20)), this::start);
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
        if (faults.strike(faults.crashes)) {
            crash();
            scheduler.requireAlive();
        }
    }

    /** Fails if the disk does. */
    void write(String file) throws IOException {
        if (full && !faults.isCalm()) {
            throw new FileSystemException(file, null, "No space left on device");
        }
        if (faults.strike(broken)) {
            throw new FileSystemException(file, null, "Input/output error");
        }
    }
}
