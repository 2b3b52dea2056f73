package dev.hansa.core.learn;

import dev.hansa.core.protocol.LocalTraining;
import java.util.Arrays;

/** Steps of {@link LocalTraining}: SGD with momentum and weight decay. */
final class Sgd {
    private final LocalTraining training;
    private final double[] gradient;
    private final double[] velocity;

    Sgd(LocalTraining training, int size) {
        this.training = training;
        this.gradient = new double[size];
        this.velocity = training.momentum() == 0 ? new double[0] : new double[size];
    }

    /** Where the next step's gradient is to be added up; all zero. */
    double[] gradient() {
        return gradient;
    }

    /** Steps along the gradient and empties it. */
    void step(float[] weights) {
        for (int i = 0; i < weights.length; i++) {
            double g = gradient[i] + training.weightDecay() * weights[i];
            if (velocity.length > 0) {
                g += training.momentum() * velocity[i];
                velocity[i] = g;
            }
            weights[i] = (float) (weights[i] - training.rate() * g);
        }
        Arrays.fill(gradient, 0);
    }
}
