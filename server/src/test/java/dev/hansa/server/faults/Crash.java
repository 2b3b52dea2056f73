package dev.hansa.server.faults;

/**
 * The end of a process, as its threads see it: thrown wherever they next touch the world, again and again.
 *
 * <p>It is an {@link InterruptedException}, and thrown where none is declared, for that is what no product code goes on
 * after: it passes by all that catches {@code RuntimeException}, {@code Error} or {@code IOException}.
 */
public final class Crash extends InterruptedException {
    private static final long serialVersionUID = 1L;

    private Crash() {
        super("the process is dead");
    }

    /** Throws it. */
    public static RuntimeException now() {
        return Crash.<RuntimeException>sneak(new Crash());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException sneak(Throwable crash) throws T {
        throw (T) crash;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
