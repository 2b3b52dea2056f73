package dev.hansa.core.aggregate.robust;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;

/**
 * A rule that has to see all updates of a round before it can combine them.
 *
 * <p>Updates are read block by block from where they are, so that memory is bounded by a few models, not by updates times
 * model; those that are in memory already, as in a simulation, stay there until the round is combined. Where two updates
 * are as good as each other, the client whose id comes first is taken. The result is the same bytes on any number of
 * processors.
 */
public sealed interface RobustRule extends Aggregator permits CoordinateMedian, TrimmedMean, MeanAroundMedian, Krum,
        MultiKrum, Bulyan, GeometricMedian, NormBound, CentredClipping, FlTrust, TrustedRows, Bucketing {

    /** How much an update counts; most rules take each the same. */
    default Weighting weighting() {
        return Weighting.UNIFORM;
    }

    @Override
    default Accumulator start(Layout layout) {
        return new Collected(layout, this);
    }

    @Override
    default RobustRule in(Round round) {
        return this;
    }

    @Override
    default RobustRule trusting(Parameters update) {
        return this;
    }

    /** What becomes of the updates, which are {@link #leastUpdates} at least. */
    Combination combined(Vectors updates);
}
