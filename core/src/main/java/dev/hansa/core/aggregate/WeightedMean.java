package dev.hansa.core.aggregate;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.DamagedParametersException;
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
        UNIFORM
    }

    @Override
    public Accumulator start(Layout layout) {
        return new Running(layout, weighting);
    }

    private static final class Running implements Accumulator {
        private final Layout layout;
        private final Weighting weighting;
        private final double[] sum;
        private double weight;
        private int clients;
        private Sums sums = Sums.NONE;
        private boolean finished;

        Running(Layout layout, Weighting weighting) {
            this.layout = layout;
            this.weighting = weighting;
            this.sum = new double[layout.size()];
        }

        @Override
        public void add(ModelUpdate update) {
            if (finished) {
                throw new IllegalStateException("the round's mean is made");
            }
            requireUsable(update);
            double factor = weighting == Weighting.EXAMPLES ? update.weight() : 1;
            update.difference().read((offset, values, from, length) -> {
                for (int i = 0; i < length; i++) {
                    sum[offset + i] += factor * values[from + i];
                }
            });
            weight += factor;
            clients++;
            sums = sums.plus(update.sums());
        }

        /** Checks before the first value is added: an update counts whole or not at all. */
        private void requireUsable(ModelUpdate update) {
            ParameterSource difference = update.difference();
            if (!difference.layout().equals(layout)) {
                throw new UnusableUpdateException(
                        "it holds the tensors " + difference.layout() + ", expected " + layout);
            }
            try {
                requireFinite(difference);
            } catch (DamagedParametersException e) {
                throw new UnusableUpdateException("its parameters are damaged: " + e.getMessage(), e);
            }
            update.sums().problem().ifPresent(problem -> {
                throw new UnusableUpdateException(problem);
            });
            if (update.weight() > Integer.MAX_VALUE) {
                throw new UnusableUpdateException(
                        "its weight is " + update.weight() + ", more than any number of examples");
            }
        }

        private static void requireFinite(ParameterSource difference) {
            difference.read((offset, values, from, length) -> {
                for (int i = from; i < from + length; i++) {
                    if (!Float.isFinite(values[i])) {
                        throw new UnusableUpdateException("its value " + (offset + i - from) + " is " + values[i]
                                + ", expected a finite number: local training diverged or was tampered with");
                    }
                }
            });
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
            return new Aggregate(new Mean(layout, sum, weight), weight, clients, sums);
        }
    }

    /** Rounded as it is read. */
    private record Mean(Layout layout, double[] sum, double weight) implements ParameterSource {
        private static final int BLOCK = 1 << 16;

        @Override
        public void read(BlockReader reader) {
            float[] block = new float[Math.min(BLOCK, sum.length)];
            for (int offset = 0; offset < sum.length; offset += block.length) {
                int length = Math.min(block.length, sum.length - offset);
                for (int i = 0; i < length; i++) {
                    block[i] = (float) (sum[offset + i] / weight);
                }
                reader.accept(offset, block, 0, length);
            }
        }
    }
}
