package dev.hansa.core.model;

import dev.hansa.core.FederationException;

/**
 * What should hold parameters holds none: the fault of whoever made it, not of the disk it lies on. Reading it again does
 * not help.
 */
public class DamagedParametersException extends FederationException {
    private static final long serialVersionUID = 1L;

    public DamagedParametersException(String message) {
        super(message, false);
    }

    public DamagedParametersException(String message, Throwable cause) {
        super(message, false, cause);
    }
}
