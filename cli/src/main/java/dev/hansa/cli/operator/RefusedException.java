package dev.hansa.cli.operator;

import dev.hansa.core.FederationException;
import dev.hansa.server.api.ErrorView;
import dev.hansa.server.api.Json;
import tools.jackson.core.JacksonException;

/** The coordinator answered that it will not; the message is its own. */
public final class RefusedException extends FederationException {
    private static final long serialVersionUID = 1L;
    private static final int LEAST_OF_SERVER = 500;

    private final boolean mistake;

    private RefusedException(String message, boolean mistake) {
        super(message, !mistake);
        this.mistake = mistake;
    }

    RefusedException(String message, Throwable cause) {
        super(message, false, cause);
        this.mistake = false;
    }

    static RefusedException of(int status, String body) {
        boolean mistake = status < LEAST_OF_SERVER;
        try {
            ErrorView error = Json.mapper().readValue(body, ErrorView.class);
            return new RefusedException("the coordinator refuses: " + error.message()
                    + (error.problems().isEmpty() ? "" : "\n" + String.join("\n", error.problems())), mistake);
        } catch (JacksonException e) {
            return new RefusedException("the coordinator answered with the status " + status, mistake);
        }
    }

    /** Whether the one who asked must change something, rather than wait. */
    public boolean mistake() {
        return mistake;
    }
}
