package dev.hansa.core;

/**
 * The world broke: a disk, a link or a file did not do what it should.
 *
 * <p>What a caller did wrong is an {@link IllegalArgumentException}; what belongs to normal life (a dropout, a refusal,
 * too few clients) is a value and no exception. The message is made for a person: what was found, what was expected,
 * what to do.
 */
public class FederationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retrySafe;

    /**
     * @param retrySafe whether the same call may be made again without harm and with hope
     */
    public FederationException(String message, boolean retrySafe) {
        super(message);
        this.retrySafe = retrySafe;
    }

    /**
     * @param retrySafe whether the same call may be made again without harm and with hope
     */
    public FederationException(String message, boolean retrySafe, Throwable cause) {
        super(message, cause);
        this.retrySafe = retrySafe;
    }

    /** Whether the same call may be made again without harm and with hope. */
    public final boolean retrySafe() {
        return retrySafe;
    }
}
