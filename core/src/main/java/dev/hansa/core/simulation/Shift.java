package dev.hansa.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Numbered pieces of work for a {@link Crew}: each thread helps itself to the next as long as there is room for its result.
 * Results are taken by the same threads, one at a time in the order of the numbers: whoever brings one while nobody takes,
 * takes all that are there in turn. So no thread hands anything to another or waits for it while there is room, and even
 * pieces of a few microseconds are worth a thread.
 *
 * <p>Several threads help themselves to some pieces at a time, fewer towards the end. Results are mostly taken by the thread
 * whose they are then, and what the taker writes to goes from processor to processor once for all of them.
 */
final class Shift<R> implements Runnable {
    /** Each thread takes so many shares of what is left, were it to be shared out at once. */
    private static final int SHARES = 4;

    private final Lock lock = new ReentrantLock();
    private final Condition isRoom = lock.newCondition();
    private final Condition isDone = lock.newCondition();
    private final Work<R> work;
    private final Taker<R> taker;
    private final int pieces;
    private final int threads;
    /** By number modulo its length: what is there and not taken. */
    private final @Nullable Outcome<R>[] outcomes;
    private int begun;
    private int taken;
    private int waiting;
    /** Whether a thread takes results just now. */
    private boolean taking;
    private volatile boolean over;
    /** What ended it too early. */
    private @Nullable Throwable thrown;

    /** Does a piece. */
    @FunctionalInterface
    interface Work<R> {
        R piece(int number) throws InterruptedException;
    }

    /** Takes a result, on the thread of some piece. */
    @FunctionalInterface
    interface Taker<R> {
        void take(int number, R result);
    }

    /** A result, or what was thrown instead. */
    private record Outcome<R>(@Nullable R result, @Nullable Throwable thrown) {
        R get() {
            if (result == null) {
                throw Crew.broken(thrown);
            }
            return result;
        }
    }

    /**
     * @param room    for so many results; at least 1
     * @param threads that work on it
     */
    @SuppressWarnings("unchecked") // nothing else comes into the array
    Shift(int pieces, int room, int threads, Work<R> work, Taker<R> taker) {
        this.pieces = pieces;
        this.threads = threads;
        this.work = work;
        this.taker = taker;
        this.outcomes = (Outcome<R>[]) new Outcome<?>[Math.min(room, Math.max(1, pieces))];
    }

    /** What each thread does. */
    @Override
    public void run() {
        try {
            for (int first = next(); first >= 0; first = next()) {
                if (add(first, outcomes(first))) {
                    take();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody waits for the rest
        }
    }

    /** Of the pieces that are begun together; of fewer, if no more are wanted. */
    private List<Outcome<R>> outcomes(int first) {
        int count = together(first);
        List<Outcome<R>> done = new ArrayList<>(count);
        for (int i = 0; i < count && !over; i++) {
            done.add(outcome(first + i));
        }
        return done;
    }

    /**
     * How many pieces are begun together: a fixed share of what is left, so that threads end together; as many as leave
     * room for another such lot of each thread.
     */
    private int together(int first) {
        return threads == 1
                ? 1
                : Math.max(1, Math.min((pieces - first) / (SHARES * threads), outcomes.length / (2 * threads)));
    }

    @SuppressWarnings("IllegalCatch") // errors too are thrown to who asked
    private Outcome<R> outcome(int number) {
        try {
            return new Outcome<>(work.piece(number), null);
        } catch (Throwable e) {
            return new Outcome<>(null, e);
        }
    }

    /** The number of the first piece to be begun; -1 if there is none. */
    private int next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (isFull()) {
                awaitRoom();
            }
            if (over || begun == pieces) {
                return -1;
            }
            int first = begun;
            begun += together(first);
            return first;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return !over && begun < pieces && begun + together(begun) - taken > outcomes.length;
    }

    private void awaitRoom() throws InterruptedException {
        waiting++;
        try {
            while (isFull()) {
                isRoom.await();
            }
        } finally {
            waiting--;
        }
    }

    /** Whether this thread is to take what is there. */
    private boolean add(int first, List<Outcome<R>> done) {
        lock.lock();
        try {
            for (int i = 0; i < done.size(); i++) {
                outcomes[(first + i) % outcomes.length] = done.get(i);
            }
            boolean mine = !taking && !over && first == taken;
            taking |= mine;
            return mine;
        } finally {
            lock.unlock();
        }
    }

    /** Takes results as long as the next is there. */
    @SuppressWarnings("IllegalCatch") // what the taker throws too is thrown to who asked
    private void take() {
        try {
            for (Outcome<R> outcome = nextThere(); outcome != null; outcome = nextThere()) {
                taker.take(taken - 1, outcome.get()); // changes on this thread alone
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** The next result, for which there is room again; null, and this thread takes no more, if it is not there. */
    private @Nullable Outcome<R> nextThere() {
        lock.lock();
        try {
            int place = taken % outcomes.length;
            Outcome<R> outcome = over || taken == pieces ? null : outcomes[place];
            if (outcome == null) {
                stopTaking();
            } else {
                outcomes[place] = null;
                taken++;
                makeRoom();
            }
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom() {
        if (waiting > 0 && begun - taken <= outcomes.length / 2) {
            isRoom.signalAll();
        }
    }

    private void stopTaking() {
        taking = false;
        if (over || taken == pieces) {
            isDone.signalAll();
        }
    }

    private void fail(Throwable cause) {
        lock.lock();
        try {
            thrown = cause;
            over = true;
            isRoom.signalAll();
            stopTaking();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all results are taken, or throws what a piece or the taker threw. */
    void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (taking || taken < pieces && !over) {
                isDone.await();
            }
            if (thrown instanceof Error error) {
                throw error;
            } else if (thrown instanceof RuntimeException failure) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    /** No further piece is begun, and with the end of this call no result is taken any more. */
    void end() {
        lock.lock();
        try {
            over = true;
            isRoom.signalAll();
            while (taking) {
                isDone.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
