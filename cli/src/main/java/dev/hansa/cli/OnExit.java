package dev.hansa.cli;

/** Something to do when the process is asked to end, as by Ctrl-C; not when {@link #close closed} before. */
public final class OnExit implements AutoCloseable {
    private final Thread hook;

    /** @param action short; runs while other threads go on */
    public OnExit(Runnable action) {
        hook = new Thread(action, "hansa-exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // too late: the process is ending and the action runs
        }
    }
}
