package dev.hansa.client.http;

import dev.hansa.core.FederationException;

/** The memory that this process may take is too little for a task. The task is given back, and the node ends. */
public final class MemoryException extends FederationException {
    private static final long serialVersionUID = 1L;
    /** A model in training: its values, gradient and momentum as doubles, and four times as floats. */
    private static final int BYTES_A_VALUE = 3 * Double.BYTES + 4 * Float.BYTES;
    private static final int MEBIBYTE = 1 << 20;

    private final long enoughBytes;

    /**
     * @param run    that asked for it
     * @param values of its model; 0 if no model came with the task
     */
    public MemoryException(String run, long values, OutOfMemoryError cause) {
        super("the memory of this node is too little for run " + run + ": it may take "
                + Runtime.getRuntime().maxMemory() / MEBIBYTE + " MiB"
                + (values > 0
                        ? ", and training a model of " + values + " values takes about "
                                + (values * BYTES_A_VALUE / MEBIBYTE + 1) + " MiB, beside the rows"
                        : "")
                + "; the run goes on without this node", false, cause);
        this.enoughBytes = Math.max(values * BYTES_A_VALUE, Runtime.getRuntime().maxMemory()) * 2;
    }

    /** What to give the process at the next start: should be plenty. */
    public long enoughBytes() {
        return enoughBytes;
    }
}
