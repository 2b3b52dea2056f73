package dev.hansa.server.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread of a world run at a time, chosen by a seed, and moves the world's clock on when none can.
 *
 * <p>Threads hand the baton over where they touch the world: at a {@link SimLock}, a call, a commit, a pause. Between
 * these points a thread runs alone, so the same seed gives the same run, instruction by instruction. Blocking on anything
 * else (a monitor held over such a point, a real sleep) would stop the world.
 */
public final class Scheduler {
    private final SplittableRandom random;
    private final Trace trace;
    private final long mostSteps;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Worker> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final Worker director = new Worker(new Life("director"), "director", () -> {});
    private Worker current = director;
    private long nanos;
    private long alarmsSet;
    private long steps;
    private boolean over;
    private @Nullable Throwable failure;

    Scheduler(SplittableRandom random, Trace trace, long mostSteps) {
        this.random = random;
        this.trace = trace;
        this.mostSteps = mostSteps;
    }

    /** The world's time, from 0. */
    public long nanos() {
        return nanos;
    }

    /** A thread of the process that is ready to run. */
    Worker start(Life life, String name, Runnable body) {
        Worker worker = prepare(life, name, body);
        worker.thread.start();
        return worker;
    }

    /** The same, which somebody else starts before the baton is handed on. */
    Thread unstarted(Life life, String name, Runnable body) {
        return prepare(life, name, body).thread;
    }

    private Worker prepare(Life life, String name, Runnable body) {
        Worker worker = new Worker(life, name, body);
        workers.add(worker);
        ready.add(worker);
        return worker;
    }

    /** Does something at that time, on no thread in particular; it must not block. */
    void at(long time, Runnable action) {
        alarms.add(new Alarm(Math.max(time, nanos), alarmsSet++, action));
    }

    /** The same, after the time has passed. */
    void after(Duration time, Runnable action) {
        at(nanos + time.toNanos(), action);
    }

    /** Runs the world until somebody {@linkplain #finish finishes} it, or something is wrong. */
    void run() throws Throwable {
        handOver(pick());
        over = true;
        for (int i = 0; i < workers.size(); i++) {
            if (!workers.get(i).ended) {
                handOver(workers.get(i)); // to unwind
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** All is done. */
    void finish() {
        over = true;
    }

    /** Something is wrong. */
    void fail(Throwable problem) {
        failure = failure == null ? problem : failure;
        over = true;
    }

    /** Checks a promise: if it is broken the world ends here, whatever the product would make of it. */
    void judge(Runnable promise) {
        try {
            promise.run();
        } catch (AssertionError e) {
            fail(e);
            throw Crash.now();
        }
    }

    /** Which thread runs. */
    Worker current() {
        return current;
    }

    /** Dies if the current thread's process is dead. */
    public void requireAlive() {
        if (over || current.life.isOver()) {
            throw Crash.now();
        }
    }

    /** Others may run now. */
    public void pause() {
        requireAlive();
        if (random.nextInt(3) == 0) {
            ready.add(current);
            handOver(pick());
            requireAlive();
        }
    }

    /** Lets the time pass. */
    void sleep(Duration time) {
        long end = nanos + time.toNanos();
        while (nanos < end) {
            park(end);
        }
    }

    /** Waits to be {@linkplain #wake woken}, until that time at most; may return for no reason. */
    void park(long until) {
        requireAlive();
        Worker parked = current;
        long parking = ++parked.parkings;
        parked.parked = true;
        if (until < Long.MAX_VALUE) {
            at(until, () -> {
                if (parked.parkings == parking) {
                    wake(parked);
                }
            });
        }
        handOver(pick());
        requireAlive();
    }

    /** Lets a parked thread go on. */
    void wake(Worker worker) {
        if (worker.parked) {
            worker.parked = false;
            ready.add(worker);
        }
    }

    /** The process is dead from now on; its parked threads come to know it when it is their turn. */
    void kill(Life life) {
        life.end();
        workers.stream().filter(worker -> worker.life == life).forEach(this::wake);
    }

    /** Whose turn it is; the director's if all is over. */
    private Worker pick() {
        try {
            while (!over) {
                if (!ready.isEmpty()) {
                    if (++steps > mostSteps) {
                        throw new AssertionError("no end after " + mostSteps + " steps");
                    }
                    int chosen = ready.size() == 1 ? 0 : random.nextInt(ready.size());
                    Worker last = ready.removeLast();
                    return chosen == ready.size() ? last : ready.set(chosen, last);
                }
                Alarm next = alarms.poll();
                if (next == null) {
                    throw new AssertionError("everybody waits for ever");
                }
                nanos = next.time;
                trace.time(nanos);
                next.action.run();
            }
        } catch (RuntimeException | AssertionError e) {
            fail(e);
        }
        return director;
    }

    private void handOver(Worker next) {
        Worker me = current;
        if (next != me) {
            pass(next);
            me.await();
        }
    }

    private void pass(Worker next) {
        current = next;
        next.baton = true;
        LockSupport.unpark(next.thread);
    }

    /** How many steps were made. */
    long steps() {
        return steps;
    }

    private record Alarm(long time, long number, Runnable action) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            return time == other.time ? Long.compare(number, other.number) : Long.compare(time, other.time);
        }
    }

    /** One thread. */
    final class Worker {
        private final Life life;
        private final String name;
        private final Thread thread;
        private volatile boolean baton;
        private boolean parked;
        private boolean ended;
        private long parkings;

        Worker(Life life, String name, Runnable body) {
            this.life = life;
            this.name = name;
            this.thread = name.equals("director") ? Thread.currentThread() : Thread.ofVirtual().name(name)
                    .unstarted(() -> run(body));
        }

        Life life() {
            return life;
        }

        private void run(Runnable body) {
            await();
            try {
                if (!over && !life.isOver()) {
                    body.run();
                }
            } catch (Throwable e) {
                if (!over && !life.isOver()) {
                    fail(new AssertionError(name + " of " + life + " ended by " + e, e));
                }
            }
            ended = true;
            pass(pick());
        }

        private void await() {
            while (!baton) {
                LockSupport.park(this);
            }
            baton = false;
        }
    }
}
