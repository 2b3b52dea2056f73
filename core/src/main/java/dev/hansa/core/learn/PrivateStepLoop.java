package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.privacy.rows.PrivateGradient;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The steps of a local training that hides each row: draw by draw, as long as there is time. */
final class PrivateStepLoop {

    private PrivateStepLoop() {}

    /** A step along the noised gradient of the rows that were drawn, of which there may be none. */
    @FunctionalInterface
    interface Step {
        /** @param drawn how many of {@link PrivateGradient#rows} */
        void along(PrivateGradient gradient, int drawn);
    }

    /**
     * @param values of the gradient
     * @throws InterruptedException as {@link Learner#fit} does
     */
    static StepLoop.Done run(LocalTraining training, Examples examples, int values, RandomBytes random,
            BooleanSupplier timeIsUp, Step step) throws InterruptedException {
        ExamplePrivacy privacy = training.privacy()
                .orElseThrow(
                        () -> new IllegalArgumentException("how each row is to be hidden is not told; expected fit"));
        if (examples.size() == 0) {
            throw new IllegalArgumentException("there is no example to train on, expected at least one");
        }
        PrivateGradient gradient = new PrivateGradient(privacy.clip(), privacy.noise(), privacy.sampling(),
                examples.size(), values, random);
        long steps = training.stepsOver(examples.size());
        long done = 0;
        for (; done < steps && !timeIsUp.getAsBoolean(); done++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("local training was interrupted");
            }
            step.along(gradient, gradient.draw());
        }
        return new StepLoop.Done(Sums.of(Map.of(Sums.STEPS, (double) done)), (double) done / steps);
    }
}
