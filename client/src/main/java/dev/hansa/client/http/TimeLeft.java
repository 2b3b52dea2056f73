package dev.hansa.client.http;

import dev.hansa.core.client.Link;
import dev.hansa.core.protocol.Task;
import java.time.Duration;

/**
 * How much of a round's time is left for training when its model is here: less what has passed since the task came, and
 * less a fifth of the rest, in which the update is sent.
 *
 * <p>A share of the time, and no guess from what transfers took: the model may have been here already, lines up are slower
 * than lines down, and the first update of a run tells nothing of the next. A fifth is much, on purpose: it costs who is
 * slow a fifth of the steps, and an update that comes too late costs all of them.
 */
final class TimeLeft {
    private static final int SHARE_TO_SEND = 5;

    private final Timing timing;
    private final long begin;

    /** A task has just come. */
    TimeLeft(Timing timing) {
        this.timing = timing;
        this.begin = timing.nanos();
    }

    /** The answer as it is to be performed, from now on. */
    Link.Next within(Link.Next answer) {
        return answer instanceof Link.Next.Work work && work.task() instanceof Task.Fit fit
                ? new Link.Next.Work(work.taskId(), fit.timeLeft().map(this::toTrain).map(fit::within).orElse(fit))
                : answer;
    }

    private Duration toTrain(Duration given) {
        Duration left = given.minusNanos(timing.nanos() - begin);
        return left.isNegative() ? Duration.ZERO : left.minus(left.dividedBy(SHARE_TO_SEND));
    }
}
