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
        double rate = training.rate();
        double decay = training.weightDecay();
        if (velocity.length == 0) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (weights[i] - rate * (gradient[i] + decay * weights[i]));
            }
        } else {
            double momentum = training.momentum();
            for (int i = 0; i < weights.length; i++) {
                velocity[i] = momentum * velocity[i] + (gradient[i] + decay * weights[i]);
                weights[i] = (float) (weights[i] - rate * velocity[i]);
            }
        }
        Arrays.fill(gradient, 0);
    }
}
