package dev.hansa.core.privacy.event;

import java.util.stream.Collectors;

/** Events as messages name them. */
public final class EventWords {
    private EventWords() {}

    /** In the middle of a sentence. */
    public static String of(DpEvent event) {
        if (event instanceof Gaussian gaussian) {
            return "Gaussian noise of multiplier " + gaussian.noiseMultiplier();
        } else if (event instanceof Laplace laplace) {
            return "Laplace noise of multiplier " + laplace.noiseMultiplier();
        } else if (event instanceof ZeroConcentrated concentrated) {
            return "something " + concentrated.rho() + "-zero-concentrated";
        } else if (event instanceof DiscreteGaussianSum sum) {
            return "discrete Gaussian noise of " + sum.noise().clients() + " clients";
        } else if (event instanceof SkellamSum sum) {
            return "Skellam noise of " + sum.noise().clients() + " clients";
        } else if (event instanceof PoissonSampled sampled) {
            return of(sampled.event()) + " on a cohort drawn by coins of probability " + sampled.rate();
        } else if (event instanceof TruncatedPoissonSampled sampled) {
            return of(sampled.event()) + " on a cohort drawn by coins of probability " + sampled.rate() + ", of which "
                    + sampled.cap() + " are kept";
        } else if (event instanceof FixedSizeSampled sampled) {
            return of(sampled.event()) + " on a cohort of fixed size, " + sampled.cohort() + " of "
                    + sampled.population();
        } else if (event instanceof SelfComposed repeated) {
            return repeated.count() + " times " + of(repeated.event());
        } else if (event instanceof Composed all) {
            return all.events().isEmpty() ? "nothing"
                    : all.events().stream().map(EventWords::of).collect(Collectors.joining(", and "));
        }
        return "something without noise";
    }
}
