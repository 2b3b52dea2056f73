package dev.hansa.server.faults;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request on its way, and what comes back: first the head of the answer, then, at once or later, its body. */
final class Exchange {
    private final Scheduler scheduler;
    private final Scheduler.@Nullable Worker sender;
    private Answer.@Nullable Head head;
    private @Nullable Answer answer;
    private @Nullable IOException problem;
    private boolean over;

    /** @param sender waits; null if nobody does */
    Exchange(Scheduler scheduler, Scheduler.@Nullable Worker sender) {
        this.scheduler = scheduler;
        this.sender = sender;
    }

    /** The answer begins to arrive. */
    void begin(Answer.Head arrived) {
        if (!over && head == null) {
            head = arrived;
            wake();
        }
    }

    /** All of the answer has arrived, or as much of it as does. */
    void succeed(Answer arrived) {
        begin(new Answer.Head(arrived.status(), arrived.headers()));
        if (!over) {
            over = true;
            answer = arrived;
            wake();
        }
    }

    /** The connection breaks. */
    void fail(IOException met) {
        if (!over) {
            over = true;
            problem = met;
            wake();
        }
    }

    private void wake() {
        if (sender != null) {
            scheduler.wake(sender);
        }
    }

    /** Waits for it, on the sender's thread. */
    Answer.Head head(Duration patience) throws IOException {
        await(() -> head != null, patience);
        return present(head);
    }

    /** Waits for it, on the sender's thread, after the head. */
    Answer answer(Duration patience) throws IOException {
        await(() -> answer != null, patience);
        return present(answer);
    }

    private void await(BooleanSupplier arrived, Duration patience) {
        long end = scheduler.nanos() + patience.toNanos();
        while (!arrived.getAsBoolean() && !over && scheduler.nanos() < end) {
            scheduler.park(end);
        }
    }

    private <T> T present(@Nullable T arrived) throws IOException {
        if (arrived != null) {
            return arrived;
        }
        over = true;
        throw problem == null ? new SocketTimeoutException("timeout") : problem;
    }
}
