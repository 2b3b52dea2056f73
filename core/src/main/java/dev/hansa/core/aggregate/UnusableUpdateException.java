package dev.hansa.core.aggregate;

import dev.hansa.core.FederationException;

/** An update that cannot be counted; asking the client again in another round may help. */
public final class UnusableUpdateException extends FederationException {
    private static final long serialVersionUID = 1L;

    public UnusableUpdateException(String message) {
        super(message, true);
    }

    public UnusableUpdateException(String message, Throwable cause) {
        super(message, true, cause);
    }
}
