package dev.hansa.server.api;

import dev.hansa.wire.ErrorCode;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A request is not granted. It becomes the answer to that request, and no line in the log. */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> headers;
    private final transient List<String> problems;

    private RejectedException(ErrorCode code, String message, Map<String, String> headers, List<String> problems) {
        super(message, null, false, false);
        this.code = code;
        this.headers = headers;
        this.problems = problems;
    }

    /**
     * @param message for people: what was found, what was expected, what to do
     */
    public RejectedException(ErrorCode code, String message) {
        this(code, message, Map.of(), List.of());
    }

    /** With a header of the answer. */
    public RejectedException(ErrorCode code, String message, String header, String value) {
        this(code, message, Map.of(header, value), List.of());
    }

    /**
     * The coordinator is short of something.
     *
     * @param least so long who is turned away waits, or longer: it is drawn
     */
    public static RejectedException busy(String message, Duration least) {
        return new RejectedException(ErrorCode.BUSY, message, RetryAfter.HEADER, RetryAfter.from(least));
    }

    /** Of a run file with these problems. */
    public static RejectedException invalidSpec(String message, List<String> problems) {
        return new RejectedException(ErrorCode.INVALID_SPEC, message, Map.of(), List.copyOf(problems));
    }

    /** The word for programs. */
    public ErrorCode code() {
        return code;
    }

    /** Of the answer. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Of a run file, each with its place; otherwise empty. */
    public List<String> problems() {
        return problems;
    }

    /** For people. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
