package dev.hansa.core.model;

import java.util.List;

/** The family and the size of a model; numbers of inputs and outputs follow from the data. */
public sealed interface ModelSpec {

    /** Linear regression: one output, squared error, starts at zero. */
    record Linear() implements ModelSpec {}

    /** Softmax (multinomial logistic) regression: one output a class, cross-entropy, starts at zero. */
    record Softmax() implements ModelSpec {}

    /**
     * Multi-layer perceptron with ReLU; squared error for a number as label, cross-entropy for classes.
     *
     * @param hidden        the widths of the hidden layers, from the input on; at least one
     * @param normalization of each hidden layer, before ReLU
     */
    record Mlp(List<Integer> hidden, Normalization normalization) implements ModelSpec {
        public Mlp {
            hidden = List.copyOf(hidden);
            if (hidden.isEmpty() || hidden.stream().anyMatch(width -> width < 1)) {
                throw new IllegalArgumentException(
                        "an MLP has the hidden layers " + hidden + ", expected at least one, each at least 1 wide");
            }
        }

        /** Without normalisation. */
        public Mlp(List<Integer> hidden) {
            this(hidden, Normalization.NONE);
        }
    }

    /** How the values of a layer's units are brought to the same scale. */
    enum Normalization {
        /** Not at all. */
        NONE,
        /** Each unit by its mean and variance over the rows of a batch. */
        BATCH
    }
}
