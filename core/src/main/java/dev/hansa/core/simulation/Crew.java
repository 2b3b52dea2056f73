package dev.hansa.core.simulation;

import dev.hansa.core.FederationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Threads that do numbered pieces of work, and take the results one at a time, in the order of their numbers. */
final class Crew implements AutoCloseable {
    private final int threads;
    private final ExecutorService workers;

    Crew(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("got " + threads + " threads, expected at least 1");
        }
        this.threads = threads;
        this.workers = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS,
                threads == 1 ? new LinkedBlockingQueue<>() : new Lingering(), task -> {
                    Thread thread = new Thread(task, "hansa-local-fleet");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Lets who comes for work look again some times before it sleeps; between two looks others may have the processor.
     * Between two rounds of short trainings passes less than it takes to wake a thread.
     */
    private static final class Lingering extends LinkedBlockingQueue<Runnable> {
        private static final long serialVersionUID = 1;
        private static final int LOOKS = 400;

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // what else may run has the processor at once, and nothing depends on it
        public Runnable take() throws InterruptedException {
            for (int look = 0; look < LOOKS; look++) {
                Runnable next = poll();
                if (next != null) {
                    return next;
                }
                Thread.yield();
            }
            return super.take();
        }
    }

    int threads() {
        return threads;
    }

    /** One piece by itself, of which nobody waits for the order. */
    <R> Future<R> submit(Callable<R> piece) {
        return workers.submit(piece);
    }

    /**
     * All pieces, one after the other on each thread. When it returns or throws, all that was taken can be seen, no result
     * is taken any more, and threads that are still at work are interrupted.
     *
     * @param room so many results at most are there and not taken
     * @throws FederationException what a piece of work or the taker threw
     */
    <R> void work(int pieces, int room, Shift.Work<R> work, Shift.Taker<R> taker) throws InterruptedException {
        Shift<R> shift = new Shift<>(pieces, room, threads, work, taker);
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(threads, pieces); i++) {
                running.add(workers.submit(shift));
            }
            shift.await();
        } finally {
            shift.end();
            running.forEach(thread -> thread.cancel(true));
        }
    }

    /** What a piece of work by itself gave. */
    static <R> R result(Future<R> piece) throws InterruptedException {
        try {
            return piece.get();
        } catch (ExecutionException e) {
            throw broken(e.getCause());
        }
    }

    /** What is thrown to who asked, if a piece of work threw that. */
    static RuntimeException broken(@Nullable Throwable cause) {
        if (cause instanceof OutOfMemoryError full) {
            throw full;
        }
        return cause instanceof FederationException || cause instanceof IllegalArgumentException
                ? (RuntimeException) cause // by the answers' taker, or of an id that nobody has: clients report theirs
                : new IllegalStateException("a client failed in a way it must not: " + cause, cause);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
