package dev.hansa.core.aggregate.robust;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import java.util.Optional;

/**
 * A point that moves from a start towards the updates, by each as far as τ at most:
 * {@code v ← v + Σ (x_i - v) min(1, τ / ‖x_i - v‖) / n}.
 *
 * <p>Karimireddy, He and Jaggi, <i>Learning from History for Byzantine Robust Optimization</i>, ICML 2021. The
 * start is best what the last round ended with, and clients best send what they have learned over several rounds
 * (momentum). One look at all updates for each iteration, and one more.
 *
 * @param clipNorm   τ, in the L2 norm
 * @param iterations how often v moves
 * @param start      where v begins; zero if it is not said
 */
public record CentredClipping(double clipNorm, int iterations, Optional<Parameters> start) implements RobustRule {

    public CentredClipping {
        Fewest.requirePositive("clipNorm", clipNorm);
        Fewest.requireCount("iterations", iterations, 1);
    }

    /** Starts at zero. */
    public CentredClipping(double clipNorm, int iterations) {
        this(clipNorm, iterations, Optional.empty());
    }

    @Override
    public boolean looksBack() {
        return true;
    }

    @Override
    public CentredClipping in(Round round) {
        return round.last().isPresent() ? new CentredClipping(clipNorm, iterations, round.last()) : this;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if v begins with another layout
     */
    @Override
    public Accumulator start(Layout layout) {
        start.ifPresent(begin -> begin.requireSameLayout(layout));
        return RobustRule.super.start(layout);
    }

    @Override
    public Combination combined(Vectors updates) {
        int count = updates.count();
        if (!start.isPresent()) {
            return moved(new Linear(updates, new double[count]), count);
        }
        double[] onlyStart = new double[count + 1];
        onlyStart[count] = 1;
        return moved(new Linear(new Appended(updates, UpdateVectors.of(start.get())), onlyStart), count);
    }

    /** @param count of the updates, which come before the start */
    private Linear moved(Linear begin, int count) {
        Linear v = begin;
        for (int iteration = 0; iteration < iterations; iteration++) {
            double[] distances = Distances.from(v);
            double[] steps = new double[v.coefficients().length];
            double all = 0;
            for (int i = 0; i < count; i++) {
                steps[i] = NormBound.factor(distances[i], clipNorm) / count;
                all += steps[i];
            }
            for (int i = 0; i < steps.length; i++) {
                steps[i] += (1 - all) * v.coefficients()[i];
            }
            v = new Linear(v.vectors(), steps);
        }
        return v;
    }
}
