package dev.hansa.core.protocol;

import java.util.OptionalDouble;

/** How clients come to models of their own; what is personal never leaves them. */
public sealed interface Personalization {
    /** All have the same model. */
    Personalization NONE = new None();

    /** All have the same model. */
    record None() implements Personalization {}

    /**
     * After the last round each client trains the model on, on its own rows alone: Wang et al., <i>Federated Evaluation of
     * On-device Personalization</i>, 2019, section 3; the baseline of Collins et al., ICML 2021, section 5.
     *
     * @param epochs passes over its rows; at least 1
     * @param rate   step size; empty for that of the last round
     */
    record FineTuning(int epochs, OptionalDouble rate) implements Personalization {
        public FineTuning {
            if (epochs < 1) {
                throw new IllegalArgumentException("epochs is " + epochs + ", expected at least 1");
            }
            if (rate.isPresent() && !(rate.getAsDouble() > 0 && Double.isFinite(rate.getAsDouble()))) {
                throw new IllegalArgumentException(
                        "rate is " + rate.getAsDouble() + ", expected a finite number greater than 0");
            }
        }
    }
}
