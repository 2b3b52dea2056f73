package dev.hansa.core.privacy.accounting.rdp;

import dev.hansa.core.privacy.accounting.Happened;
import dev.hansa.core.privacy.accounting.UncountedEventException;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DiscreteGaussianSum;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.EventWords;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Laplace;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SkellamSum;
import dev.hansa.core.privacy.event.TruncatedPoissonSampled;
import dev.hansa.core.privacy.event.ZeroConcentrated;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** The Rényi divergence between neighbours of each event that one is proved for, by its order. */
final class Divergences {
    private final Adjacency adjacency;

    Divergences(Adjacency adjacency) {
        this.adjacency = adjacency;
    }

    /** Of an event that happened once and is no composition. */
    DoubleUnaryOperator of(DpEvent event) {
        if (event instanceof PoissonSampled sampled) {
            return poisson(sampled);
        } else if (event instanceof FixedSizeSampled sampled) {
            return fixedSize(sampled);
        } else if (event instanceof TruncatedPoissonSampled) {
            throw new UncountedEventException(event, " has no Rényi accounting: ask the pld accountant");
        }
        return mechanism(event);
    }

    private DoubleUnaryOperator mechanism(DpEvent event) {
        if (event instanceof Gaussian gaussian) {
            return new SampledGaussian(1, gaussian.noiseMultiplier())::divergence;
        } else if (event instanceof Laplace laplace) {
            return order -> laplace(laplace.noiseMultiplier(), order);
        } else if (event instanceof ZeroConcentrated concentrated) {
            return order -> concentrated.rho() * order;
        } else if (event instanceof DiscreteGaussianSum sum) {
            requireOneContribution(event);
            return order -> DistributedBounds.discreteGaussian(sum.noise(), order);
        } else if (event instanceof SkellamSum sum) {
            requireOneContribution(event);
            return order -> DistributedBounds.skellam(sum.noise(), order);
        } else if (event instanceof NonPrivate) {
            return order -> Double.POSITIVE_INFINITY;
        }
        throw new IllegalArgumentException(
                event + " within a sampled event, expected a mechanism: compose sampled events"
                        + " instead of sampling compositions, and sample once");
    }

    private DoubleUnaryOperator poisson(PoissonSampled sampled) {
        requireOneContribution(sampled);
        OptionalDouble noise = Happened.in(sampled.event()).asOneGaussian();
        return noise.isPresent() ? new SampledGaussian(sampled.rate(), noise.getAsDouble())::divergence
                : new PoissonBound(sampled.rate(), mechanism(sampled.event()))::divergence;
    }

    private DoubleUnaryOperator fixedSize(FixedSizeSampled sampled) {
        if (adjacency != Adjacency.REPLACE_ONE) {
            throw new IllegalArgumentException("adjacency is " + adjacency + " with " + EventWords.of(sampled)
                    + ", expected REPLACE_ONE: a cohort of fixed size has no proof for others; state the noise relative to"
                    + " twice the clip norm, or sample with coins (PoissonSampled)");
        }
        double noise = Happened.in(sampled.event()).asOneGaussian()
                .orElseThrow(() -> new IllegalArgumentException(EventWords.of(sampled.event())
                        + " within a cohort of fixed size, expected Gaussian noise: its bound is for that alone"));
        return new FixedSizeGaussian(sampled.rate(), noise)::divergence;
    }

    private void requireOneContribution(DpEvent event) {
        if (adjacency == Adjacency.REPLACE_ONE) {
            throw new IllegalArgumentException("adjacency is REPLACE_ONE with " + EventWords.of(event)
                    + ", expected ADD_OR_REMOVE_ONE or ZERO_OUT: its Rényi bound is for one contribution that is there or not;"
                    + " the pld accountant has Poisson sampling of Gaussian noise with REPLACE_ONE too");
        }
    }

    /** Mironov, <i>Rényi Differential Privacy</i>, CSF 2017, proposition 6. */
    private static double laplace(double scale, double order) {
        double rise = Math.log(order / (2 * order - 1)) + (order - 1) / scale;
        double fall = Math.log((order - 1) / (2 * order - 1)) - order / scale;
        return (rise + Math.log1p(Math.exp(fall - rise))) / (order - 1);
    }
}
