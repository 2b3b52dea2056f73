package dev.hansa.client.http;

import dev.hansa.wire.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator answered that it will not do what it was asked for.
 *
 * <p>Checked, because each caller has to choose: try again, drop the work, or give up with a {@link LinkException}.
 */
final class ErrorAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable ErrorCode code;
    private final String text;
    private final long coordinatorMillis;
    private final Duration retryAfter;

    /**
     * @param code              null if it is none that this version knows
     * @param text              for people, may be empty
     * @param coordinatorMillis the coordinator's clock, 0 if it was not told
     * @param retryAfter        the shortest pause before another attempt
     */
    ErrorAnswer(int status, @Nullable ErrorCode code, String text, long coordinatorMillis, Duration retryAfter) {
        super("status " + status + (code == null ? "" : ", " + code.word()) + (text.isEmpty() ? "" : ": " + text));
        this.status = status;
        this.code = code;
        this.text = text;
        this.coordinatorMillis = coordinatorMillis;
        this.retryAfter = retryAfter;
    }

    Optional<ErrorCode> code() {
        return Optional.ofNullable(code);
    }

    String text() {
        return text.isEmpty() ? "it answered with status " + status : text;
    }

    long coordinatorMillis() {
        return coordinatorMillis;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    boolean is(ErrorCode other) {
        return code == other;
    }

    /** The same request may succeed later, or after asking again how much of an upload is there. */
    boolean mendable() {
        return status == 408 || status == 429 || status >= 500 || is(ErrorCode.CLOCK_SKEW) || is(ErrorCode.WRONG_OFFSET)
                || is(ErrorCode.WRONG_HASH);
    }

    /** The task, or what belongs to it, is over. */
    boolean gone() {
        return status == 410 || status == 404 || is(ErrorCode.NOT_YOURS);
    }

    /** The coordinator cannot use what was sent. */
    boolean aboutContent() {
        return status == 400 || status == 413 || status == 422;
    }
}
