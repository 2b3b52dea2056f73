package dev.hansa.core.data;

import dev.hansa.core.FederationException;

/** Data differ from what was declared; trying again does not help until they are mended. */
public final class DataException extends FederationException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message, false);
    }

    public DataException(String message, Throwable cause) {
        super(message, false, cause);
    }
}
