package dev.hansa.core.mechanism;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;

/** Numbers in double precision among the memory of a run, which is in single precision: each in two parts. */
final class Doubles {
    private Doubles() {}

    /** What is lost when the values are rounded to single precision. */
    static Parameters low(Layout layout, double... values) {
        float[] rest = new float[values.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = (float) (values[i] - (float) values[i]);
        }
        return Parameters.owning(layout, rest);
    }

    /** The values, rounded to single precision. */
    static Parameters high(Layout layout, double... values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        return Parameters.owning(layout, rounded);
    }

    /** Both parts together. */
    static double[] of(Parameters high, Parameters low) {
        double[] values = new double[high.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (double) high.get(i) + low.get(i);
        }
        return values;
    }
}
