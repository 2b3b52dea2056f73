package dev.hansa.client.ledger;

import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.FixedSizeSampled;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;

/**
 * Keeps the events with chance few whose noise and rate differ: each takes an accountant up to a second whenever their sum is
 * worked out, and coordinators choose them.
 *
 * <p>The first few count as they are; of others noise is rounded down and the rate up, to three digits; where there are many
 * already, one counts as another that tells more, or as if chance hid nobody. Never is less charged than was told.
 */
final class FewSampled {
    /** So many count as they are. */
    static final int AS_THEY_ARE = 8;
    /** So many are told apart. */
    static final int MOST = 24;
    private static final MathContext DOWN = new MathContext(3, RoundingMode.DOWN);
    private static final MathContext UP = new MathContext(3, RoundingMode.UP);
    /** Rates with more decimals than that are rounded up to one with as many. */
    private static final int DECIMALS = 18;

    private FewSampled() {}

    /** The same event, or one that tells more, and tells apart no more than are to be beside those that are known. */
    static DpEvent of(DpEvent once, Collection<DpEvent> known) {
        if (!isSampled(once) || known.contains(once)) {
            return once;
        }
        long apart = known.stream().filter(FewSampled::isSampled).count();
        if (apart < AS_THEY_ARE) {
            return once;
        }
        DpEvent rounded = rounded(once);
        if (apart < MOST || known.contains(rounded)) {
            return rounded;
        }
        return known.stream().filter(other -> other.getClass() == once.getClass() && tellsMore(other, once))
                .min(Comparator.comparingDouble(other -> rate(other) / noise(other)))
                .orElseGet(() -> new Gaussian(noise(once)));
    }

    /** How many of these there are. */
    static int count(Collection<DpEvent> repeated) {
        return (int) repeated.stream().filter(one -> isSampled(((SelfComposed) one).event())).count();
    }

    private static boolean isSampled(DpEvent once) {
        return once instanceof PoissonSampled coins && coins.event() instanceof Gaussian
                || once instanceof FixedSizeSampled fixed && fixed.event() instanceof Gaussian;
    }

    private static boolean tellsMore(DpEvent other, DpEvent once) {
        return isSampled(other) && noise(other) <= noise(once) && rate(other) >= rate(once);
    }

    private static double noise(DpEvent sampled) {
        DpEvent event = sampled instanceof PoissonSampled coins ? coins.event() : ((FixedSizeSampled) sampled).event();
        return ((Gaussian) event).noiseMultiplier();
    }

    private static double rate(DpEvent sampled) {
        return sampled instanceof PoissonSampled coins ? coins.rate() : ((FixedSizeSampled) sampled).rate();
    }

    private static DpEvent rounded(DpEvent sampled) {
        Gaussian noise = new Gaussian(BigDecimal.valueOf(noise(sampled)).round(DOWN).doubleValue());
        if (sampled instanceof PoissonSampled coins) {
            double rate = BigDecimal.valueOf(coins.rate()).round(UP).doubleValue();
            return rate < 1 ? new PoissonSampled(rate, noise) : noise;
        }
        FixedSizeSampled fixed = (FixedSizeSampled) sampled;
        BigDecimal rate = BigDecimal.valueOf(fixed.cohort()).divide(BigDecimal.valueOf(fixed.population()), UP);
        if (rate.compareTo(BigDecimal.ONE) >= 0) {
            return noise;
        }
        int decimals = Math.min(rate.scale(), DECIMALS);
        return new FixedSizeSampled(BigDecimal.ONE.movePointRight(decimals).longValueExact(),
                rate.setScale(decimals, RoundingMode.UP).movePointRight(decimals).longValueExact(), noise);
    }
}
