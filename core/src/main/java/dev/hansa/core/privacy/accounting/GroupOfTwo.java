package dev.hansa.core.privacy.accounting;

/**
 * What holds between worlds that are two steps apart, as when a participant is exchanged where the curve is of one that comes
 * or goes: δ₂(ε) = (1 + e^(ε/2)) δ(ε/2).
 *
 * @param one step
 */
public record GroupOfTwo(PrivacyCurve one) implements PrivacyCurve {
    private static final int STEPS = 60;

    @Override
    public double delta(double epsilon) {
        return Math.min(1, (1 + Math.exp(Questions.epsilon(epsilon) / 2)) * one.delta(epsilon / 2));
    }

    @Override
    public double epsilon(double delta) {
        if (delta(0) <= Questions.delta(delta)) {
            return 0;
        }
        double low = 0;
        double high = 1;
        while (delta(high) > delta) {
            if (high > 1e3) {
                return Double.POSITIVE_INFINITY;
            }
            low = high;
            high *= 2;
        }
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (delta(middle) > delta) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
