package dev.hansa.core.privacy.promise;

import static dev.hansa.core.privacy.promise.KeptPromisesTest.CONFIDENCE;
import static dev.hansa.core.privacy.promise.KeptPromisesTest.DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.privacy.rows.PrivateGradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradients of a training that hides each row, attacked with a row whose gradient is a hundred times as long as the clip:
 * with the noise that is promised nothing is proven beyond the promise, with less it is.
 */
class HiddenRowsPromiseTest {
    private static final double CLIP = 0.5;
    private static final int ROWS = 5;
    private static final int SIZE = 8;
    private static final int PLAYS = 20_000;
    private static final double[] CANARY = Trial.ofNorm(100 * CLIP, Trial.vector(SIZE, new Seed(3)));

    /** How much the gradients of so many steps look like the last row's, if that counts. */
    private static Trial of(double noise, double sampling, int steps) {
        return (with, seed) -> {
            PrivateGradient gradient = new PrivateGradient(CLIP, noise, sampling, ROWS, SIZE, new SeededBytes(seed));
            double score = 0;
            for (int step = 0; step < steps; step++) {
                int drawn = gradient.draw();
                for (int i = 0; i < drawn; i++) {
                    int row = gradient.rows()[i];
                    if (row < ROWS - 1) {
                        add(gradient, Trial.vector(SIZE, new Seed(row)));
                    } else if (with) {
                        add(gradient, CANARY);
                    }
                }
                double[] taken = new double[SIZE];
                gradient.take(0, taken);
                score += Trial.product(CANARY, taken);
            }
            return score;
        };
    }

    private static void add(PrivateGradient gradient, double[] row) {
        gradient.add(0, row, gradient.factor(Trial.product(row, row)));
    }

    private static double promised(double noise, double sampling, int steps) {
        DpEvent step = sampling < 1 ? new PoissonSampled(sampling, new Gaussian(noise)) : new Gaussian(noise);
        return new PldAccountant().curve(new SelfComposed(step, steps), Adjacency.ZERO_OUT).epsilon(DELTA);
    }

    private static double proven(Trial trial) {
        return trial.audit(PLAYS, new Seed(1), DELTA, CONFIDENCE).epsilon(DELTA, CONFIDENCE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.5, 1", "0.5, 4", "0.1, 10"})
    void nothingIsProvenBeyondThePromise(double sampling, int steps) {
        double promised = promised(1, sampling, steps);
        assertThat(proven(of(1, sampling, steps))).isBetween(0.1 * promised, promised);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.5, 1"})
    void tooLittleNoiseIsNoticed(double sampling, int steps) {
        assertThat(proven(of(0.25, sampling, steps))).isGreaterThan(promised(1, sampling, steps));
    }

    @Test
    void rowsThatAreDrawnMoreOftenAreNoticed() {
        assertThat(proven(of(1, 1, 4))).isGreaterThan(promised(1, 0.02, 4));
    }
}
