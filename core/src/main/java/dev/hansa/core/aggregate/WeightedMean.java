package dev.hansa.core.aggregate;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
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
        UNIFORM
    }

    @Override
    public Accumulator start(Layout layout) {
        return new Running(layout, weighting);
    }

    private static final class Running implements Accumulator {
        private final Weighting weighting;
        private final CheckedSum sum;
        private double weight;
        private int clients;
        private Sums sums = Sums.NONE;
        private boolean finished;

        Running(Layout layout, Weighting weighting) {
            this.weighting = weighting;
            this.sum = new CheckedSum(layout);
        }

        @Override
        public void add(ModelUpdate update) {
            if (finished) {
                throw new IllegalStateException("the round's mean is made");
            }
            double factor = weighting == Weighting.EXAMPLES ? update.weight() : 1;
            sum.add(update, factor);
            weight += factor;
            clients++;
            sums = sums.plus(update.sums());
        }

        @Override
        public int clients() {
            return clients;
        }

        @Override
        public Aggregate finish() {
            if (clients == 0) {
                throw new IllegalStateException("no update was added");
            }
            finished = true;
            return new Aggregate(sum.takeMean(weight), weight, clients, sums);
        }
    }
}
