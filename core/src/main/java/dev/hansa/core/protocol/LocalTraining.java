package dev.hansa.core.protocol;

/**
 * How a client trains: minibatch SGD on its own rows.
 *
 * <p>A step with gradient g (the mean over the batch) and parameters w: {@code g += weightDecay * w; v = momentum * v + g;
 * w -= rate * v}; v starts at 0 in each round.
 *
 * @param epochs      passes over the rows; at least 1
 * @param batchSize   rows a step; {@link #FULL_BATCH} for all; the last batch of an epoch may be smaller
 * @param rate        step size; greater than 0
 * @param momentum    0 (none) to below 1
 * @param weightDecay L2 regularisation; 0 (none) or more
 * @param shuffle     whether each epoch visits the rows in a new seeded order; otherwise in stored order
 */
public record LocalTraining(int epochs, int batchSize, double rate, double momentum, double weightDecay,
        boolean shuffle) {
    /** One batch holds all rows. */
    public static final int FULL_BATCH = 0;

    public LocalTraining {
        require(epochs >= 1, "epochs", epochs, "at least 1");
        require(batchSize >= 0, "batchSize", batchSize, "at least 1, or 0 for all rows");
        require(rate > 0 && Double.isFinite(rate), "rate", rate, "a finite number greater than 0");
        require(momentum >= 0 && momentum < 1, "momentum", momentum, "from 0 to below 1");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", weightDecay, "0 or more");
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
