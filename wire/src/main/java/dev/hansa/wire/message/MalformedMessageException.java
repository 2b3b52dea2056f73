package dev.hansa.wire.message;

import dev.hansa.core.FederationException;

/** A message breaks the protocol: its sender is broken, of another version or hostile. Sending it again does not help. */
public final class MalformedMessageException extends FederationException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field   where in the message, as a path such as {@code fit.training}
     * @param problem what was found and what was expected
     */
    public MalformedMessageException(String field, String problem) {
        super(field + ": " + problem, false);
        this.field = field;
    }

    MalformedMessageException(String field, String problem, Throwable cause) {
        super(field + ": " + problem, false, cause);
        this.field = field;
    }

    /** Where in the message. */
    public String field() {
        return field;
    }
}
