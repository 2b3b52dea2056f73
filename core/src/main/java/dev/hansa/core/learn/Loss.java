package dev.hansa.core.learn;

import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Detail;

/** What a network's outputs {@code z} cost against the target; each method looks at one row. */
interface Loss {

    /** The outputs as a person reads them: a number, or probabilities; written over the network's outputs. */
    void predict(double[] z);

    /** The loss; writes its gradient over the network's outputs. */
    double gradient(double[] z, float target);

    /**
     * A new, empty measurement of so many outputs.
     *
     * @throws IllegalArgumentException if the outputs are not what the detail counts
     */
    Measurement measurement(Detail detail, int outputs);

    /** Sums over rows. */
    interface Measurement {
        /** Adds one row; may write over the outputs. */
        void add(double[] z, float target);

        /** The sums of all rows added. */
        Sums sums();
    }
}
