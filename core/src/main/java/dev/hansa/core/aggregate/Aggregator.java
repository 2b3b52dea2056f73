package dev.hansa.core.aggregate;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Optional;

/** A rule that combines the updates of one round. Stateless: the state of a round lives in its {@link Accumulator}. */
public interface Aggregator {

    /** The rule as it is in that round, if rounds make a difference to it. */
    default Aggregator in(Round round) {
        return this;
    }

    /** Whether it looks at {@link Round#last}. */
    default boolean looksBack() {
        return false;
    }

    /**
     * What a rule may want to know of a round beside its updates.
     *
     * @param number   from 1
     * @param training what the clients did
     * @param last     what it made of the updates of the round before, if it {@link #looksBack}; empty in the first round
     */
    record Round(int number, LocalTraining training, Optional<Parameters> last) {}

    /**
     * The name of the coordinator's own rows on which the coordinator is to train in each round, as clients do on theirs;
     * empty if there are none that it trusts.
     */
    default Optional<String> trusts() {
        return Optional.empty();
    }

    /** The rule once the coordinator has trained on the rows that it {@link #trusts}: in this round, to this difference. */
    default Aggregator trusting(Parameters update) {
        return this;
    }

    /**
     * Whether it keeps the updates of a round until the last is there, rather than a sum of them. The values of an update in
     * memory may be written over as soon as it was {@linkplain Accumulator#add added} to a rule that does not: only a rule that
     * is done with them by then may say so.
     */
    default boolean keepsUpdates() {
        return true;
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
