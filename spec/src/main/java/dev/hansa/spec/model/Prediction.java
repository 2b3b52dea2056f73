package dev.hansa.spec.model;

import java.util.List;

/** What a model says of one row. */
public sealed interface Prediction {

    /**
     * Of a model for a number.
     *
     * @param number in the label's unit
     */
    record Value(double number) implements Prediction {}

    /**
     * Of a model for classes.
     *
     * @param category      the most probable one; the first of them, if there are several
     * @param probabilities of all of the label's categories, in their order
     */
    record Class(String category, List<Double> probabilities) implements Prediction {
        public Class {
            probabilities = List.copyOf(probabilities);
        }
    }
}
