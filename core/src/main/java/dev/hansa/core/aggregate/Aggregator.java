package dev.hansa.core.aggregate;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.protocol.LocalTraining;

/** A rule that combines the updates of one round. Stateless: the state of a round lives in its {@link Accumulator}. */
public interface Aggregator {

    /** The rule for updates that come of this training, if that makes a difference to it. */
    default Aggregator after(LocalTraining training) {
        return this;
    }

    /** Begins a round. */
    Accumulator start(Layout layout);

    /** The fewest updates that the rule can combine: with fewer its result would mean nothing, or not be defined. */
    default int leastUpdates() {
        return 1;
    }

    /**
     * The updates of one round so far. Not safe for several threads.
     *
     * <p>Updates are added in the order of the clients' ids, which makes the result the same bytes each time.
     */
    interface Accumulator {
        /**
         * Adds the whole update, or leaves everything as it was.
         *
         * @throws UnusableUpdateException            if the update is damaged, has another layout or a value that is
         *                                            not finite: it is to be discarded, the round goes on
         * @throws dev.hansa.core.FederationException if this machine cannot read the update: the round cannot go on
         */
        void add(ModelUpdate update);

        /** The number of updates added. */
        int clients();

        /**
         * Combines what was added.
         *
         * @throws IllegalStateException if that was less than {@link Aggregator#leastUpdates}
         */
        Aggregate finish();
    }
}
