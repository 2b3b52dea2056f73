package dev.hansa.core.protocol;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a client trains: minibatch SGD on its own rows.
 *
 * <p>A step with gradient g (the mean over the batch), parameters w that were w0 when training began, and a drift
 * correction c: {@code g *= min(1, clipNorm / ‖g‖); g += weightDecay * w + proximalMu * (w - w0) + c;
 * v = momentum * v + g; w -= rate * v}; v starts at 0 in each round.
 *
 * <p>Clipping is that of Pascanu, Mikolov and Bengio, <i>On the difficulty of training recurrent neural networks</i>, ICML
 * 2013, section 3.2: it keeps one steep batch from throwing the model far away. It is no protection of rows: that needs
 * the whole update clipped, or each row's gradient, and noise.
 *
 * @param epochs      passes over the rows; at least 1
 * @param steps       so many steps, whatever the epochs say, over as many passes as that takes; empty for whole epochs
 * @param batchSize   rows a step; {@link #FULL_BATCH} for all; the last batch of an epoch may be smaller
 * @param rate        step size; greater than 0
 * @param momentum    0 (none) to below 1
 * @param weightDecay L2 regularisation; 0 (none) or more
 * @param shuffle     whether each epoch visits the rows in a new seeded order; otherwise in stored order
 * @param proximalMu  how strongly the parameters are drawn to where training began, as in FedProx; 0 (not at all) or more
 * @param drift       how clients are kept from drifting apart
 * @param clipNorm    the largest L2 norm of g, over all tensors that are trained together; greater than 0; empty for any
 * @param measureStart whether the loss of the model that was sent is measured on all rows before the first step
 * @param privacy     how each row is hidden; empty if it is not. With it g is what {@link ExamplePrivacy} says, the steps are
 *                    told, and batchSize, epochs and shuffle say nothing
 */
public record LocalTraining(int epochs, OptionalInt steps, int batchSize, double rate, double momentum,
        double weightDecay, boolean shuffle, double proximalMu, OptionalDouble clipNorm, Drift drift,
        boolean measureStart, Optional<ExamplePrivacy> privacy) {
    /** One batch holds all rows. */
    public static final int FULL_BATCH = 0;

    /** How clients are kept from drifting apart; each way has a class in {@code core.strategy}. */
    public enum Drift {
        /** Not at all. */
        UNCORRECTED,
        /** By control variates: the client keeps its own, and gets the coordinator's beside the model. */
        SCAFFOLD,
        /** By a dynamic regulariser of the strength proximalMu, of which the client keeps the linear part. */
        FEDDYN
    }

    public LocalTraining {
        require(epochs >= 1, "epochs", epochs, "at least 1");
        require(!steps.isPresent() || steps.getAsInt() >= 1, "steps", steps, "none, or at least 1");
        require(batchSize >= 0, "batchSize", batchSize, "at least 1, or 0 for all rows");
        require(rate > 0 && Double.isFinite(rate), "rate", rate, "a finite number greater than 0");
        require(momentum >= 0 && momentum < 1, "momentum", momentum, "from 0 to below 1");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", weightDecay, "0 or more");
        require(proximalMu >= 0 && Double.isFinite(proximalMu), "proximalMu", proximalMu, "0 or more");
        require(!clipNorm.isPresent() || clipNorm.getAsDouble() > 0 && Double.isFinite(clipNorm.getAsDouble()),
                "clipNorm", clipNorm, "none, or a finite number greater than 0");
        require(drift != Drift.SCAFFOLD || momentum == 0, "momentum", momentum,
                "0 with SCAFFOLD, whose control variates are mean gradients");
        require(drift != Drift.FEDDYN || proximalMu > 0, "proximalMu", proximalMu,
                "more than 0 with FedDyn, whose strength it is");
        require(!privacy.isPresent() || steps.isPresent(), "steps", "none",
                "a number where each row is to be hidden: what that costs goes by the steps");
        require(!privacy.isPresent() || !measureStart, "measureStart", measureStart,
                "false where each row is to be hidden: the loss is a sum over rows, without noise");
    }

    /** The same of rows that are not hidden. */
    public LocalTraining(int epochs, OptionalInt steps, int batchSize, double rate, double momentum,
            double weightDecay, boolean shuffle, double proximalMu, OptionalDouble clipNorm, Drift drift,
            boolean measureStart) {
        this(epochs, steps, batchSize, rate, momentum, weightDecay, shuffle, proximalMu, clipNorm, drift,
                measureStart, Optional.empty());
    }

    /** Plain minibatch SGD over whole epochs. */
    public LocalTraining(int epochs, int batchSize, double rate, double momentum, double weightDecay,
            boolean shuffle) {
        this(epochs, OptionalInt.empty(), batchSize, rate, momentum, weightDecay, shuffle, 0, OptionalDouble.empty(),
                Drift.UNCORRECTED, false);
    }

    /** The same with another step size. */
    public LocalTraining withRate(double other) {
        return new LocalTraining(epochs, steps, batchSize, other, momentum, weightDecay, shuffle, proximalMu, clipNorm,
                drift,
                measureStart, privacy);
    }

    /** The same rate, pulls and clipping, but one step with all rows. */
    public LocalTraining withOneFullBatch() {
        return new LocalTraining(1, OptionalInt.empty(), FULL_BATCH, rate, 0, weightDecay, false, proximalMu, clipNorm,
                drift,
                measureStart, privacy);
    }

    /** The same, of so many passes. */
    public LocalTraining withEpochs(int number) {
        return new LocalTraining(number, OptionalInt.empty(), batchSize, rate, momentum, weightDecay, shuffle,
                proximalMu, clipNorm, drift, measureStart, privacy);
    }

    /** The same, of so many steps. */
    public LocalTraining withSteps(int number) {
        return new LocalTraining(epochs, OptionalInt.of(number), batchSize, rate, momentum, weightDecay, shuffle,
                proximalMu, clipNorm, drift, measureStart, privacy);
    }

    /** The same, drawn to where it began. */
    public LocalTraining withProximalMu(double mu) {
        return new LocalTraining(epochs, steps, batchSize, rate, momentum, weightDecay, shuffle, mu, clipNorm, drift,
                measureStart, privacy);
    }

    /** The same, with gradients of at most that norm. */
    public LocalTraining withClipNorm(double most) {
        return new LocalTraining(epochs, steps, batchSize, rate, momentum, weightDecay, shuffle, proximalMu,
                OptionalDouble.of(most), drift, measureStart, privacy);
    }

    /** The same, corrected in that way. */
    public LocalTraining withDrift(Drift correction) {
        return new LocalTraining(epochs, steps, batchSize, rate, momentum, weightDecay, shuffle, proximalMu, clipNorm,
                correction, measureStart, privacy);
    }

    /** The same, after the loss at its start was measured. */
    public LocalTraining withMeasuredStart() {
        return new LocalTraining(epochs, steps, batchSize, rate, momentum, weightDecay, shuffle, proximalMu, clipNorm,
                drift,
                true, privacy);
    }

    /** The same as far as it concerns one client alone: neither corrected nor drawn to where it began. */
    public LocalTraining plain() {
        return new LocalTraining(epochs, steps, batchSize, rate, momentum, weightDecay, shuffle, 0, clipNorm,
                Drift.UNCORRECTED,
                false, privacy);
    }

    /** The same of which each row is hidden in that way. */
    public LocalTraining withPrivacy(ExamplePrivacy how) {
        return new LocalTraining(epochs, steps, batchSize, rate, momentum, weightDecay, shuffle, proximalMu, clipNorm,
                drift, measureStart, Optional.of(how));
    }

    /** The same of a model that nobody gets to see, with batches instead of draws. */
    public LocalTraining withoutPrivacy() {
        return new LocalTraining(epochs, steps, batchSize, rate, momentum, weightDecay, shuffle, proximalMu, clipNorm,
                drift, measureStart);
    }

    /** How many rows all of it passes over, of so many; those of each pass again. Of rows that are drawn, on average. */
    public long examplesOver(long rows) {
        if (privacy.isPresent()) {
            return Math.round(stepsOver(1) * privacy.get().expected(rows));
        }
        return steps.isPresent()
                ? steps.getAsInt() * (batchSize == FULL_BATCH ? rows : Math.min(batchSize, rows))
                : epochs * rows;
    }

    /** How many steps all of it takes on so many rows. */
    public long stepsOver(int rows) {
        return steps.isPresent() ? steps.getAsInt() : (long) epochs * stepsOfEpoch(rows);
    }

    /** How many steps one pass over so many rows takes. */
    public int stepsOfEpoch(int rows) {
        return batchSize == FULL_BATCH ? 1 : (rows - 1) / batchSize + 1;
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
