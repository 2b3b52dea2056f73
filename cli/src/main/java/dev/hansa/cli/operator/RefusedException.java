package dev.hansa.cli.operator;

import dev.hansa.core.FederationException;
import dev.hansa.server.api.ErrorView;
import dev.hansa.server.api.Json;
import dev.hansa.wire.ErrorCode;
import tools.jackson.core.JacksonException;

/** The coordinator answered that it will not; the message is its own. */
public final class RefusedException extends FederationException {
    private static final long serialVersionUID = 1L;
    private static final int LEAST_OF_SERVER = 500;

    private final boolean mistake;
    private final boolean nothingSuch;

    private RefusedException(String message, boolean mistake, boolean nothingSuch) {
        super(message, !mistake);
        this.mistake = mistake;
        this.nothingSuch = nothingSuch;
    }

    RefusedException(String message, Throwable cause) {
        super(message, false, cause);
        this.mistake = false;
        this.nothingSuch = false;
    }

    static RefusedException of(int status, String body) {
        boolean mistake = status < LEAST_OF_SERVER;
        try {
            ErrorView error = Json.mapper().readValue(body, ErrorView.class);
            return new RefusedException("the coordinator refuses: " + error.message()
                    + (error.problems().isEmpty() ? "" : "\n" + String.join("\n", error.problems())), mistake,
                    error.code().equals(ErrorCode.NOT_FOUND.word()));
        } catch (JacksonException e) {
            return new RefusedException("the coordinator answered with the status " + status, mistake, false);
        }
    }

    /** Whether the one who asked must change something, rather than wait. */
    public boolean mistake() {
        return mistake;
    }

    /** Whether the coordinator knows no run or node of that name. */
    public boolean nothingSuch() {
        return nothingSuch;
    }
}
