package dev.hansa.client.http;

import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Limits;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A node's turns with its coordinator: it asks for a task and reports. A report asks for the next task at the same time,
 * which saves a request a task: its answer begins when the report is safe, and ends with that task.
 */
final class Turns {
    private final SignedHttp http;
    private final Retry retry;
    private final String question;
    private SignedHttp.@Nullable Begun ahead;

    /**
     * @param inline the most bytes of a model that come within a message
     */
    Turns(SignedHttp http, Retry retry, int inline) {
        this.http = http;
        this.retry = retry;
        this.question = "?" + Endpoints.WAIT + "=30" + (inline > 0 ? "&" + Endpoints.INLINE + "=" + inline : "");
    }

    /** What to do next, as long as it takes; it may be {@linkplain Answers#beginning cut off}. */
    byte[] next() throws ErrorAnswer, InterruptedException {
        SignedHttp.Begun begun = ahead;
        ahead = null;
        byte[] answer = begun == null ? new byte[0] : begun.rest();
        return answer.length > 0 ? answer : retry.call(() -> http.get(Endpoints.NEXT_TASK + question));
    }

    /** Reports, as long as it takes. */
    void report(String taskId, byte[] message) throws ErrorAnswer, InterruptedException {
        if (message.length > Limits.MESSAGE_BYTES) { // its connection would be cut, and a cut connection is tried again
            throw new ErrorAnswer(ErrorCode.TOO_LARGE.status(), ErrorCode.TOO_LARGE, "it has " + message.length
                    + " bytes, more than the " + Limits.MESSAGE_BYTES + " of a message", 0, Duration.ZERO);
        }
        retry.call(() -> {
            reportOnce(taskId, message);
            return taskId;
        });
    }

    /** Reports, if the link holds. */
    void reportOnce(String taskId, byte[] message) throws IOException, ErrorAnswer, InterruptedException {
        SignedHttp.Begun before = ahead;
        ahead = null;
        if (before != null) {
            before.cancel();
        }
        ahead = http.begin(Endpoints.at(Endpoints.REPORT, taskId) + question, message);
    }
}
