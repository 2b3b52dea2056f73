package dev.hansa.server.faults;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A reentrant lock whose threads wait in the world's time. */
final class SimLock implements Lock {
    private final Scheduler scheduler;
    private final List<Scheduler.Worker> wanting = new ArrayList<>();
    private Scheduler.@Nullable Worker owner;
    private int holds;

    SimLock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void lock() {
        if (owner != scheduler.current()) {
            scheduler.pause();
            take();
        }
        holds++;
    }

    private void take() {
        while (owner != null) {
            wanting.add(scheduler.current());
            scheduler.park(Long.MAX_VALUE);
        }
        owner = scheduler.current();
    }

    @Override
    public void lockInterruptibly() {
        lock();
    }

    @Override
    public boolean tryLock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    /** Of a dead thread it may be that it does not hold the lock: it died while it waited. */
    @Override
    public void unlock() {
        if (owner == scheduler.current() && --holds == 0) {
            release();
        }
    }

    private void release() {
        owner = null;
        wanting.forEach(scheduler::wake);
        wanting.clear();
    }

    @Override
    public Condition newCondition() {
        return new SimCondition();
    }

    private final class SimCondition implements Condition {
        private final List<Scheduler.Worker> waiting = new ArrayList<>();

        /** What is left of the time when it is over, or somebody signals. */
        private long standBy(long nanos) {
            long end = nanos == Long.MAX_VALUE ? nanos : scheduler.nanos() + nanos;
            int held = holds;
            Scheduler.Worker me = scheduler.current();
            waiting.add(me);
            holds = 0;
            release();
            scheduler.park(end);
            waiting.remove(me);
            take();
            holds = held;
            return end - scheduler.nanos();
        }

        @Override
        public long awaitNanos(long nanos) {
            return standBy(nanos);
        }

        @Override
        public void await() {
            standBy(Long.MAX_VALUE);
        }

        @Override
        public boolean await(long time, TimeUnit unit) {
            return standBy(unit.toNanos(time)) > 0;
        }

        @Override
        public void awaitUninterruptibly() {
            standBy(Long.MAX_VALUE);
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void signal() {
            signalAll(); // one may be woken for no reason
        }

        @Override
        public void signalAll() {
            waiting.forEach(scheduler::wake);
        }
    }
}
