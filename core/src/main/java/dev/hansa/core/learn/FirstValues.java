package dev.hansa.core.learn;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import java.util.SplittableRandom;

/** Where a model with hidden layers begins. */
final class FirstValues {
    private static final String WEIGHT = ".weight";

    private FirstValues() {}

    /**
     * Uniform in ±1/√(inputs of a unit), tensor p from the stream of {@code seed + p}.
     *
     * @param layout weights, each followed by its biases
     */
    static Parameters of(Layout layout, Seed seed) {
        float[] values = new float[layout.size()];
        int next = 0;
        int inputs = 0;
        long stream = seed.value();
        for (TensorShape tensor : layout.tensors()) {
            if (tensor.name().endsWith(WEIGHT)) {
                inputs = tensor.size() / tensor.dimensions().get(0);
            }
            next = fill(values, next, tensor.size(), new Seed(stream), 1 / Math.sqrt(inputs));
            stream++;
        }
        return Parameters.owning(layout, values);
    }

    /** Fills so many values, and gives where the next begin. */
    static int fill(float[] values, int from, int count, Seed seed, double bound) {
        SplittableRandom random = seed.random();
        for (int i = from; i < from + count; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return from + count;
    }
}
