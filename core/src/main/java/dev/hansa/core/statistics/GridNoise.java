package dev.hansa.core.statistics;

import dev.hansa.core.privacy.noise.IntegerSampler;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Part;
import dev.hansa.core.question.Question;

/**
 * Discrete Gaussian noise on the whole numbers of one part. Where the noise is so large that no sampler draws it in units,
 * numbers are first rounded to multiples of a step; that moves neighbours apart by at most the step in each number, which the
 * noise is enlarged for.
 */
final class GridNoise {
    /** Samplers draw deviations up to 2 to this power, and a little more. */
    private static final int LARGEST_LOG = 39;

    private final long step;
    private final double deviation;
    private final IntegerSampler sampler;

    GridNoise(Part part, Noise noise) {
        double apart = part.kind().sensitivity() * noise.rowsApart() * Question.ROW;
        int exponent = Math.getExponent(noise.multiplier() * apart) + 2; // of more than the enlarged noise
        this.step = 1L << Math.max(0, exponent - LARGEST_LOG);
        double rounded = step == 1 ? apart : apart + step * Math.sqrt(part.size());
        this.deviation = noise.multiplier() * rounded;
        this.sampler = IntegerSampler.discreteGaussian(deviation / step);
    }

    /** The standard deviation, in rows. */
    double deviation() {
        return deviation / Question.ROW;
    }

    /** The number with noise. */
    private long noisy(long number, RandomBytes random) {
        long steps = Math.floorDiv(Math.addExact(number, step / 2), step);
        return Math.multiplyExact(Math.addExact(steps, sampler.next(random)), step);
    }

    /** Adds noise to each number of an answer, which is of the question. */
    static void addTo(long[] numbers, Question question, RandomBytes random) {
        for (Part part : question.parts()) {
            GridNoise noise = new GridNoise(part, question.noise());
            for (int i = part.from(); i < part.from() + part.size(); i++) {
                numbers[i] = noise.noisy(numbers[i], random);
            }
        }
    }
}
