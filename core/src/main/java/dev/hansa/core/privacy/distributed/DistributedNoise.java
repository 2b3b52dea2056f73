package dev.hansa.core.privacy.distributed;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.clip.Clip;
import dev.hansa.core.privacy.noise.IntegerSampler;
import dev.hansa.core.privacy.noise.RandomBytes;

/**
 * Both halves of the distributed mechanism, around a sum modulo 2ᵇ that nobody sees the parts of.
 *
 * @param quantisation of rotated vectors
 * @param noise        of each client
 * @param deviation    of the noise of each client, in units of the updates; at least {@value #LEAST} granularities
 */
public record DistributedNoise(Quantisation quantisation, IntegerNoise noise, double deviation) {
    /** From two granularities on the sum of discrete Gaussians is one but for 1e-16. */
    static final double LEAST = 2;
    /** The sampler has a table of thirteen times as many numbers. */
    static final double MOST_SKELLAM = 1 << 16;

    public DistributedNoise {
        double steps = deviation / quantisation.granularity();
        if (!(steps >= LEAST)) {
            throw new IllegalArgumentException(
                    "the noise of a client is " + steps + " granularities, expected at least "
                            + LEAST + ": more bits allow a finer granularity");
        }
        if (noise == IntegerNoise.SKELLAM && !(steps <= MOST_SKELLAM)) {
            throw new IllegalArgumentException("the Skellam noise of a client is " + steps
                    + " granularities, expected at most " + MOST_SKELLAM
                    + ": fewer bits are enough, or discrete Gaussian noise");
        }
    }

    /**
     * The client's half: clips, rotates, rounds, adds noise, wraps.
     *
     * @param update  of any norm and of the size that the rotation is for; not changed
     * @param rotation of the round, the same for all
     */
    public long[] onClient(double[] update, Rotation rotation, RandomBytes random) {
        double norm = 0;
        for (double value : update) {
            norm += value * value;
        }
        double factor = new Clip(quantisation.bound()).factor(Math.sqrt(norm));
        double[] vector = new double[rotation.length()];
        for (int i = 0; i < update.length && factor > 0; i++) {
            vector[i] = update[i] * factor;
        }
        rotation.apply(vector);
        long[] sent = quantisation.round(vector, random);
        IntegerSampler sampler = sampler();
        for (int i = 0; i < sent.length; i++) {
            sent[i] = quantisation.wrap(sent[i] + sampler.next(random));
        }
        return sent;
    }

    private IntegerSampler sampler() {
        double steps = deviation / quantisation.granularity();
        return noise == IntegerNoise.SKELLAM ? IntegerSampler.skellam(steps * steps)
                : IntegerSampler.discreteGaussian(steps);
    }

    /**
     * The coordinator's half: unwraps, rotates back.
     *
     * @param sum  modulo 2ᵇ; not changed
     * @param size of the updates
     * @return the sum of the clipped updates, with the noise of all
     */
    public double[] onServer(long[] sum, int size, Rotation rotation) {
        double[] vector = new double[sum.length];
        for (int i = 0; i < sum.length; i++) {
            vector[i] = quantisation.unwrap(sum[i]) * quantisation.granularity();
        }
        rotation.undo(vector);
        double[] result = new double[size];
        System.arraycopy(vector, 0, result, 0, size);
        return result;
    }

    /** Of the round, the same for all: signs that everybody may know. */
    public static Rotation rotation(int size, Seed round) {
        return new Rotation(size, round.derive("rotation"));
    }
}
