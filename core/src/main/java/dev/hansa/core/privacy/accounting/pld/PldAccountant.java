package dev.hansa.core.privacy.accounting.pld;

import dev.hansa.core.privacy.accounting.GaussianCurve;
import dev.hansa.core.privacy.accounting.Happened;
import dev.hansa.core.privacy.accounting.PrivacyAccountant;
import dev.hansa.core.privacy.accounting.PrivacyCurve;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Adds up the whole distribution of the privacy loss, on a grid and on the safe side: the tightest ε that is known.
 *
 * <p>Knows Gaussian and Laplace noise, Poisson sampling of both for add-or-remove and zero-out, of Gaussian noise also for
 * replace-one, and capped Poisson sampling of Gaussian noise for zero-out. Gaussian noise without sampling has no grid: it is
 * exact.
 *
 * <p>What is too extreme is bounded: sampled noise below {@value #LEAST_SAMPLED} counts as noise without sampling, above
 * {@value #MOST_SAMPLED} as no more, a rate below {@value #LEAST_RATE} as that; where no grid holds the sum, ε is infinite.
 *
 * @param interval of the grid of losses; a coarser one is used where there would be millions of points. The error grows
 *                 with the number of rounds and the square of the interval: where ε is below 0.1, 1e-5 pays.
 */
public record PldAccountant(double interval) implements PrivacyAccountant {
    /** That of Google's dp-accounting, so that numbers compare. */
    public static final double USUAL_INTERVAL = 1e-4;
    /** Less noise is not sampled: what chance adds to it is little, and its grid would be huge. */
    private static final double LEAST_SAMPLED = 0.05;
    /** More noise, and rarer chance, count as no more: differences would be lost to rounding. */
    private static final double MOST_SAMPLED = 1e6;
    private static final double LEAST_RATE = 1e-9;

    public PldAccountant {
        if (!(interval > 0 && interval <= 1)) {
            throw new IllegalArgumentException("interval is " + interval
                    + ", expected a number greater than 0 and at most 1: 1e-4 is usual");
        }
    }

    /** With the usual interval. */
    public PldAccountant() {
        this(USUAL_INTERVAL);
    }

    @Override
    public PrivacyCurve curve(DpEvent event, Adjacency adjacency) {
        Happened happened = bounded(Happened.in(event));
        if (happened.asOneGaussian().isPresent()) {
            return new GaussianCurve(happened.asOneGaussian().getAsDouble());
        }
        Map<DpEvent, Long> counts = withOneGaussian(happened);
        LossDistribution one = sum(counts, new Pairs(adjacency, interval, false));
        boolean mirrored = adjacency == Adjacency.REPLACE_ONE; // of what was exchanged each way round is the other's image
        return new PldCurve(one, mirrored ? one : sum(counts, new Pairs(adjacency, interval, true)));
    }

    private static Happened bounded(Happened happened) {
        Map<DpEvent, Long> counts = new LinkedHashMap<>();
        happened.counts().forEach((once, count) -> counts.merge(bounded(once), count, Math::addExact));
        return new Happened(counts);
    }

    /** The same, or what tells more of anybody. */
    private static DpEvent bounded(DpEvent once) {
        if (!(once instanceof PoissonSampled sampled)) {
            return once;
        }
        OptionalDouble noise = Happened.in(sampled.event()).asOneGaussian();
        double rate = Math.max(sampled.rate(), LEAST_RATE);
        if (noise.isPresent() && noise.getAsDouble() < LEAST_SAMPLED) {
            return new Gaussian(noise.getAsDouble());
        } else if (noise.isPresent() && noise.getAsDouble() > MOST_SAMPLED) {
            return new PoissonSampled(rate, new Gaussian(MOST_SAMPLED));
        }
        return rate > sampled.rate() ? new PoissonSampled(rate, sampled.event()) : sampled;
    }

    /** Gaussian noise of many rounds as that of one, which needs no sum. */
    private static Map<DpEvent, Long> withOneGaussian(Happened happened) {
        Map<DpEvent, Long> others = new LinkedHashMap<>();
        Map<DpEvent, Long> gaussians = new LinkedHashMap<>();
        happened.counts().forEach((once, count) -> (once instanceof Gaussian ? gaussians : others).put(once, count));
        new Happened(gaussians).asOneGaussian().ifPresent(noise -> others.put(new Gaussian(noise), 1L));
        return others;
    }

    private LossDistribution sum(Map<DpEvent, Long> counts, Pairs pairs) {
        LossDistribution sum = LossDistribution.none(interval);
        for (Map.Entry<DpEvent, Long> entry : counts.entrySet()) {
            sum = Composition.plus(sum, Composition.times(pairs.of(entry.getKey()), entry.getValue()));
        }
        return sum;
    }
}
