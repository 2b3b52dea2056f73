package dev.hansa.core.learn;

import dev.hansa.core.model.Sums;

/** What a network's outputs {@code z} cost against the target; each method looks at one row. */
interface Loss {

    /** The outputs as a person reads them: a number, or probabilities; written over the network's outputs. */
    void predict(double[] z);

    /** The loss; writes its gradient over the network's outputs. */
    double gradient(double[] z, float target);

    /** A new, empty measurement. */
    Measurement measurement();

    /** Sums over rows. */
    interface Measurement {
        /** Adds one row; may write over the outputs. */
        void add(double[] z, float target);

        /** The sums of all rows added. */
        Sums sums();
    }
}
