package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The seam to an engine that trains: flat floats in and out.
 *
 * <p>Guarantee: the same arguments give the same bytes, on every machine. Instances are immutable and safe for several
 * threads.
 */
public interface Learner {

    /** The model's tensors. */
    Layout layout();

    /** Where a run begins. */
    Parameters initial(Seed seed);

    /**
     * Trains on all examples, of which there is at least one, or as long as there is time.
     *
     * @param correction of the layout of the model: is added to each gradient
     * @param fixed      the tensors that stay as they are
     * @param timeIsUp   whether to stop; looked at before each step
     * @return the parameters afterwards and, as {@link Sums#EXAMPLES} and {@link Sums#LOSS}, the loss met in the last
     *         epoch that was begun, each batch measured before its step; as {@link Sums#STEPS} the steps that were made
     * @throws IllegalArgumentException if each row is to be hidden, as {@link #fitPrivately} does
     * @throws InterruptedException if the thread was interrupted; looked at once a step
     */
    Trained fit(Parameters start, Examples examples, LocalTraining training, Optional<Parameters> correction,
            Set<String> fixed, Seed seed, BooleanSupplier timeIsUp) throws InterruptedException;

    /**
     * Trains so that each row is hidden, as {@link LocalTraining#privacy} says, which is there, or as long as there is time.
     * Clipping of steps, momentum, and what draws the model somewhere work on gradients that have their noise.
     *
     * @param random what draws and noise come from; of this training alone. The rest as in {@link #fit}
     * @return the parameters afterwards and, as {@link Sums#STEPS}, the steps that were made: no sum over rows
     * @throws IllegalArgumentException if the model has no gradient of one row alone
     * @throws InterruptedException as {@link #fit} does
     */
    Trained fitPrivately(Parameters start, Examples examples, LocalTraining training, Optional<Parameters> correction,
            Set<String> fixed, RandomBytes random, BooleanSupplier timeIsUp) throws InterruptedException;

    /** Nobody has any more use for what a training gave: later ones may write over it. */
    default void reuse(Parameters trained) {}

    /** The bytes that each thread which trains takes beside the parameters and their gradient: what passes between layers. */
    default long bufferBytes() {
        return 0;
    }

    /** The same of all tensors. */
    default Trained fit(Parameters start, Examples examples, LocalTraining training, Optional<Parameters> correction,
            Seed seed, BooleanSupplier timeIsUp) throws InterruptedException {
        return fit(start, examples, training, correction, Collections.emptySet(), seed, timeIsUp);
    }

    /** The same without a correction, as long as it takes. */
    default Trained fit(Parameters start, Examples examples, LocalTraining training, Seed seed)
            throws InterruptedException {
        return fit(start, examples, training, Optional.empty(), seed, () -> false);
    }

    /**
     * Sums over the examples in the model's own units: {@link Sums#EXAMPLES}, {@link Sums#LOSS}, and by the kind of label
     * the sums that {@link dev.hansa.core.model.Metrics} needs. No examples give {@link Sums#NONE}.
     */
    default Sums evaluate(Parameters parameters, Examples examples) {
        return evaluate(parameters, examples, Detail.NONE);
    }

    /**
     * The same, and what else the detail names.
     *
     * @throws IllegalArgumentException if the model does not predict what the detail counts
     */
    Sums evaluate(Parameters parameters, Examples examples, Detail detail);

    /**
     * The outputs of each row, row-major: the predicted number, or a probability for each class.
     */
    float[] predict(Parameters parameters, Examples examples);

    /**
     * What {@link #fit} gives back.
     *
     * @param parameters that nobody else has
     * @param share how much of the training was done, in steps: from 0 to 1, and 1 for all of it
     */
    record Trained(Parameters parameters, Sums sums, double share) {}
}
