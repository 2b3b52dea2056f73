package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.UnusableUpdateException;
import dev.hansa.core.aggregate.Usable;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.distributed.DistributedNoise;
import dev.hansa.core.privacy.distributed.Rotation;

/**
 * The sum modulo 2ᵇ of updates that clients rotated, rounded and noised, turned back and divided by how many clients were
 * expected. It is the same for any order, and needs no single update.
 *
 * @param expected how many clients are; greater than 0
 */
record ModularMean(DistributedNoise noise, Rotation rotation, double expected) implements Aggregator {

    @Override
    public boolean keepsUpdates() {
        return false;
    }

    @Override
    public Accumulator start(Layout layout) {
        return new ModularSum(layout);
    }

    private final class ModularSum implements Accumulator {
        private final Layout layout;
        private final long[] sum = new long[rotation.length()];
        private int clients;

        ModularSum(Layout layout) {
            this.layout = layout;
        }

        @Override
        public void add(ModelUpdate update) {
            ParameterSource sent = Usable.difference(update, noise.quantisation().layout());
            long[] numbers = new long[sum.length];
            sent.read((offset, values, from, length) -> {
                for (int i = 0; i < length; i++) {
                    numbers[offset + i] = whole(values[from + i]);
                }
            });
            for (int i = 0; i < sum.length; i++) {
                sum[i] = noise.quantisation().wrap(sum[i] + numbers[i]);
            }
            clients++;
        }

        private long whole(float value) {
            long number = (long) value;
            if (number != value || noise.quantisation().unwrap(noise.quantisation().wrap(number)) != number) {
                throw new UnusableUpdateException("it holds " + value + ", expected whole numbers of "
                        + noise.quantisation().bits() + " bits");
            }
            return number;
        }

        @Override
        public int clients() {
            return clients;
        }

        @Override
        public Aggregate finish() {
            double[] total = noise.onServer(sum, layout.size(), rotation);
            float[] mean = new float[total.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) (total[i] / expected);
            }
            return new Aggregate(Parameters.owning(layout, mean), expected, clients, Sums.NONE);
        }
    }
}
