package dev.hansa.core.aggregate;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Sums;

/**
 * The mean of the differences, weighted: {@code Σ n_k Δ_k / Σ n_k}.
 *
 * <p>McMahan et al., <i>Communication-Efficient Learning of Deep Networks from Decentralized Data</i>, AISTATS 2017,
 * Algorithm 1. Sums are kept in double precision, which holds more than any number of clients can send; the mean is rounded
 * once.
 */
public record WeightedMean(Weighting weighting) implements Aggregator {

    /** How much an update counts. */
    public enum Weighting {
        /** By its own weight, the number of examples behind it. */
        EXAMPLES,
        /** Each the same. */
        UNIFORM;

        double of(ModelUpdate update) {
            return this == EXAMPLES ? update.weight() : 1;
        }
    }

    @Override
    public boolean keepsUpdates() {
        return false;
    }

    @Override
    public Accumulator start(Layout layout) {
        return new MeanAccumulator(layout) {
            private double weights;

            @Override
            protected double factor(ModelUpdate update) {
                return weighting.of(update);
            }

            @Override
            protected void added(ModelUpdate update, ParameterSource difference) {
                weights += weighting.of(update);
            }

            @Override
            protected Aggregate finish(CheckedSum sum, int clients, Sums sums) {
                return new Aggregate(sum.takeMean(weights), weights, clients, sums);
            }
        };
    }
}
