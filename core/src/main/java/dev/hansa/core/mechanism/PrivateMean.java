package dev.hansa.core.mechanism;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.Usable;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.clip.Clip;
import dev.hansa.core.privacy.noise.GranularGaussian;
import dev.hansa.core.privacy.noise.RandomBytes;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The sum of the updates, each clipped, with noise, divided by how many clients were expected: McMahan, Ramage, Talwar,
 * Zhang, <i>Learning Differentially Private Recurrent Language Models</i>, ICLR 2018, Algorithm 1 with the estimator f̃_f.
 * Each client counts the same; the divisor is fixed, for how many answered would tell of who did.
 *
 * <p>Clients clip, and it is done again here, so that the promise depends on no client. What is summed are multiples of the
 * noise's granularity, exactly and so in any order; a client's update that cannot be used counts as zeros do, as does one of
 * a client that is silent.
 *
 * @param clip      the largest norm of an update
 * @param noise     the noise multiplier: the deviation of each value of the sum, divided by the clip; 0 if the clients add it
 * @param bitNoise  the deviation of the noise of how many updates were within the clip; empty if they do not tell
 * @param pattern   how the noise depends on that of earlier rounds
 * @param expected  how many clients are expected; greater than 0
 * @param random    what the noise comes from; of this round alone
 */
record PrivateMean(double clip, double noise, OptionalDouble bitNoise, NoisePattern pattern, double expected,
        RandomBytes random) implements Aggregator {

    public PrivateMean {
        if (!(expected > 0)) {
            throw new IllegalArgumentException(expected + " clients are expected, expected more than 0");
        }
    }

    /** With noise of this round alone. */
    PrivateMean(double clip, double noise, OptionalDouble bitNoise, double expected, RandomBytes random) {
        this(clip, noise, bitNoise, NoisePattern.INDEPENDENT, expected, random);
    }

    /** Clients tell nothing beside. */
    PrivateMean(double clip, double noise, NoisePattern pattern, double expected, RandomBytes random) {
        this(clip, noise, OptionalDouble.empty(), pattern, expected, random);
    }

    @Override
    public boolean keepsUpdates() {
        return false;
    }

    @Override
    public Accumulator start(Layout layout) {
        return new PrivateSum(layout);
    }

    private final class PrivateSum implements Accumulator {
        private final Layout layout;
        private final GridSum sum;
        private int clients;
        private double bits;

        PrivateSum(Layout layout) {
            this.layout = layout;
            this.sum = noise > 0
                    ? new GridSum(layout, GranularGaussian.of(noise, clip, layout.size()))
                    : new GridSum(layout);
        }

        @Override
        public void add(ModelUpdate update) {
            ParameterSource difference = Usable.difference(update, layout);
            double factor = noise > 0 ? new Clip(clip).factor(Clip.norm(difference)) : 1;
            sum.add(difference, factor);
            bits += update.sums().get(Sums.WITHIN_CLIP);
            clients++;
        }

        @Override
        public int clients() {
            return clients;
        }

        @Override
        public Aggregate finish() {
            Sums told = bitNoise.isPresent()
                    ? Sums.of(Map.of(Sums.WITHIN_CLIP, noised(bits, bitNoise.getAsDouble())))
                    : Sums.NONE;
            return new Aggregate(sum.takeMean(expected, pattern, random), expected, clients, told);
        }

        private double noised(double exact, double deviation) {
            GranularGaussian gaussian = new GranularGaussian(deviation);
            return gaussian.round(exact) + gaussian.next(random);
        }
    }
}
