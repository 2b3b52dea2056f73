package dev.hansa.client.http;

import dev.hansa.core.FederationException;
import java.time.Duration;
import java.util.Locale;

/** Is told of what a link lives through and mends by itself; for logs and displays. Must return soon. */
public interface LinkListener {

    /**
     * A call did not succeed; it will be made again.
     *
     * @param address of the coordinator
     * @param problem what went wrong
     * @param pause   until the next attempt
     */
    default void retrying(String address, String problem, Duration pause) {}

    /**
     * The coordinator answered that it will not do this now, because it has too much to do, say; it will be asked again.
     *
     * @param address of the coordinator
     * @param problem what it answered
     * @param pause   until the next attempt
     */
    default void putOff(String address, String problem, Duration pause) {
        retrying(address, problem, pause);
    }

    /** When the next attempt is made, after a pause, as people say it: {@code at once}, {@code in 1.5 s}. */
    static String when(Duration pause) {
        return pause.toMillis() < 50
                ? "at once"
                : String.format(Locale.ROOT, "in %.1f s", pause.toMillis() / 1000.0);
    }

    /** A call succeeded after {@link #retrying} or {@link #putOff}. */
    default void reachableAgain(String address) {}

    /**
     * This machine's clock and the coordinator's differ by more than the coordinator takes; from now on requests carry
     * the coordinator's time.
     *
     * @param ahead how far the coordinator's clock is ahead; negative if it is behind
     */
    default void clockCorrected(Duration ahead) {}

    /** The coordinator could not be told that the node stops; it will find out by itself. */
    default void leftUntold(Exception problem) {}

    /**
     * This machine's disk failed, and with it the task; the coordinator may ask again.
     *
     * @param problem names files, for the owner alone
     */
    default void diskFailed(String taskId, FederationException problem) {}

    /** The coordinator does not want the task's answer any more: its round is over. */
    default void dropped(String taskId) {}

    /** The task was over before its model had come: nothing was trained for it. */
    default void overtaken(String taskId) {
        dropped(taskId);
    }

    /** The task had been answered before, and the answer was kept: it is delivered, and nothing is trained again. */
    default void answerKept(String taskId) {}

    /**
     * The answer could not be kept, or is damaged: if the coordinator asks again, the task is performed again.
     *
     * @param problem names files, for the owner alone
     */
    default void answerLost(String taskId, String problem) {}
}
