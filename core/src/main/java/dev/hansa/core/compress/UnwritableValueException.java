package dev.hansa.core.compress;

import dev.hansa.core.FederationException;

/** A value is too large for the way in which it should be written: it would arrive as infinity. */
public final class UnwritableValueException extends FederationException {
    private static final long serialVersionUID = 1L;

    UnwritableValueException(float value, String form) {
        super("a value of the update is " + value + ", too large for " + form
                + "; choose other values of compression, or a smaller training.rate", false);
    }
}
