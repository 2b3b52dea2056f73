package dev.hansa.core.privacy.accounting;

import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** A tree of events without its branches: how often each event happened, in the order of the first time. */
public record Happened(Map<DpEvent, Long> counts) {
    public Happened {
        counts = new LinkedHashMap<>(counts);
    }

    /** All events of a tree; what is within a sampled event stays there, unless all are drawn. */
    public static Happened in(DpEvent tree) {
        Map<DpEvent, Long> counts = new LinkedHashMap<>();
        count(tree, 1, counts);
        return new Happened(counts);
    }

    private static void count(DpEvent event, long times, Map<DpEvent, Long> counts) {
        if (times == 0) {
            return;
        } else if (event instanceof SelfComposed repeated) {
            count(repeated.event(), Math.multiplyExact(times, repeated.count()), counts);
        } else if (event instanceof Composed all) {
            all.events().forEach(one -> count(one, times, counts));
        } else if (event instanceof PoissonSampled sampled && sampled.rate() == 1) {
            count(sampled.event(), times, counts);
        } else {
            counts.merge(event, times, Math::addExact);
        }
    }

    /**
     * The noise multiplier of the one release of Gaussian noise that tells as much as all that happened, if nothing but
     * Gaussian noise happened: precisions add up.
     */
    public OptionalDouble asOneGaussian() {
        double least = Double.POSITIVE_INFINITY;
        for (DpEvent event : counts.keySet()) {
            if (!(event instanceof Gaussian gaussian)) {
                return OptionalDouble.empty();
            }
            least = Math.min(least, gaussian.noiseMultiplier());
        }
        double precision = 0; // relative to that of the least, so that no square is too large or too small
        for (Map.Entry<DpEvent, Long> entry : counts.entrySet()) {
            double relative = least / ((Gaussian) entry.getKey()).noiseMultiplier();
            precision += entry.getValue() * relative * relative;
        }
        return precision > 0 ? OptionalDouble.of(least / Math.sqrt(precision)) : OptionalDouble.empty();
    }
}
