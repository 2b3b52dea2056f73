package dev.hansa.core.privacy.accounting.pld;

import dev.hansa.core.privacy.accounting.Happened;
import dev.hansa.core.privacy.accounting.UncountedEventException;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.EventWords;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Laplace;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.TruncatedPoissonSampled;
import dev.hansa.core.privacy.numeric.BinomialTail;
import java.util.OptionalDouble;

/**
 * The distribution of the privacy loss of each event of which the worst pair of neighbours is known: of P against Q or, the other
 * way round, of Q against P.
 */
record Pairs(Adjacency adjacency, double interval, boolean reversed) {

    /** Of an event that happened once and is no composition. */
    LossDistribution of(DpEvent event) {
        if (event instanceof TruncatedPoissonSampled truncated) {
            return truncated(truncated);
        } else if (event instanceof NonPrivate
                || event instanceof PoissonSampled sampled && sampled.event() instanceof NonPrivate) {
            return LossDistribution.unbounded(interval);
        }
        return of(pair(event));
    }

    private LossDistribution of(LossPair pair) {
        return LossDistribution.of(reversed ? new ReversedPair(pair) : pair, interval);
    }

    private LossPair pair(DpEvent event) {
        if (event instanceof Gaussian gaussian) {
            return new GaussianPair(gaussian.noiseMultiplier());
        } else if (event instanceof Laplace laplace) {
            return new LaplacePair(laplace.noiseMultiplier());
        } else if (event instanceof PoissonSampled sampled) {
            return poisson(sampled);
        } else if (event instanceof FixedSizeSampled) {
            throw new UncountedEventException(event,
                    ": the worst neighbours of a cohort of fixed size are not known: ask the rdp accountant");
        }
        throw new UncountedEventException(event,
                ": only a bound of its Rényi divergences is known: ask the rdp accountant");
    }

    private LossPair poisson(PoissonSampled sampled) {
        OptionalDouble noise = Happened.in(sampled.event()).asOneGaussian();
        LossPair mechanism = noise.isPresent() ? new GaussianPair(noise.getAsDouble()) : pair(sampled.event());
        if (mechanism instanceof SampledPair || mechanism instanceof ReplacedPair) {
            throw new IllegalArgumentException(
                    EventWords.of(sampled) + " is sampled twice, expected once: multiply the rates");
        }
        if (adjacency != Adjacency.REPLACE_ONE) {
            return new SampledPair(sampled.rate(), mechanism);
        } else if (mechanism instanceof GaussianPair gaussian) {
            // its noise is relative to the whole way from one contribution to the opposite one
            return new ReplacedPair(sampled.rate(), 2 * gaussian.sigma());
        }
        throw new IllegalArgumentException("adjacency is REPLACE_ONE with " + EventWords.of(sampled)
                + ", expected ADD_OR_REMOVE_ONE or ZERO_OUT: with REPLACE_ONE only Gaussian noise can be sampled");
    }

    /**
     * Ganesh 2025: as long as the cap cannot have mattered, a Poisson cohort; otherwise whoever is zeroed out may have kept
     * somebody else out, so that one contribution is exchanged for another, and noise hides half as much.
     */
    private LossDistribution truncated(TruncatedPoissonSampled event) {
        if (adjacency != Adjacency.ZERO_OUT) {
            throw new IllegalArgumentException("adjacency is " + adjacency + " with " + EventWords.of(event)
                    + ", expected ZERO_OUT: the bound of a capped cohort takes the population as known");
        }
        double sigma = event.event().noiseMultiplier();
        LossDistribution uncapped = of(new SampledPair(event.rate(), new GaussianPair(sigma)));
        double full = BinomialTail.atLeast(event.cap(), event.population() - 1, event.rate());
        if (full == 0) {
            return uncapped;
        }
        double kept = BinomialTail.atLeast(event.cap() + 1, event.population(), event.rate()) * event.cap()
                / (full * event.population());
        return of(new ReplacedPair(Math.min(1, kept), sigma / 2)).or(full, uncapped);
    }
}
