package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Named;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import java.util.function.BooleanSupplier;

/** The steps of a local training: batch by batch, epoch by epoch, as long as there is time. */
final class StepLoop {

    private StepLoop() {}

    /** A step along the mean gradient over the batch {@code rows[from .. to)}. */
    @FunctionalInterface
    interface Step {
        /** The sum of the loss over the batch, before the step. */
        double over(int[] rows, int from, int to);
    }

    /**
     * What was done.
     *
     * @param sums  as {@link Learner#fit} tells them
     * @param share from 0 to 1
     */
    record Done(Sums sums, double share) {}

    /** The rows of a step, the last of an epoch apart. */
    static int batch(LocalTraining training, Examples examples) {
        if (examples.size() == 0) {
            throw new IllegalArgumentException("there is no example to train on, expected at least one");
        }
        return training.batchSize() == LocalTraining.FULL_BATCH ? examples.size() : training.batchSize();
    }

    /** @throws InterruptedException as {@link Learner#fit} does */
    static Done run(LocalTraining training, Examples examples, Seed seed, BooleanSupplier timeIsUp, Step step)
            throws InterruptedException {
        if (training.privacy().isPresent()) {
            throw new IllegalArgumentException(
                    "each row is to be hidden, and batches hide none; expected fitPrivately");
        }
        int batch = batch(training, examples);
        RowOrder order = new RowOrder(examples.size(), training.shuffle(), seed);
        int stepsOfEpoch = training.stepsOfEpoch(examples.size());
        long steps = training.stepsOver(examples.size());
        long done = 0;
        int[] rows = {};
        double lastEpochLoss = 0;
        int lastEpochRows = 0;
        for (; done < steps && !timeIsUp.getAsBoolean(); done++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("local training was interrupted");
            }
            if (done % stepsOfEpoch == 0) {
                rows = order.next();
                lastEpochLoss = 0;
                lastEpochRows = 0;
            }
            int to = (int) Math.min(rows.length, (long) lastEpochRows + batch);
            lastEpochLoss += step.over(rows, lastEpochRows, to);
            lastEpochRows = to;
        }
        Double[] sums = {(double) lastEpochRows, lastEpochLoss, (double) done};
        return new Done(new Sums(Named.owning(Sums.OF_TRAINING, sums)), (double) done / steps);
    }
}
