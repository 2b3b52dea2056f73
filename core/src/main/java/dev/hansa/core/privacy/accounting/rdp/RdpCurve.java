package dev.hansa.core.privacy.accounting.rdp;

import dev.hansa.core.privacy.accounting.PrivacyCurve;
import dev.hansa.core.privacy.accounting.Questions;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What follows from Rényi divergences: Canonne, Kamath and Steinke, <i>The Discrete Gaussian for Differential Privacy</i>,
 * NeurIPS 2020, proposition 12 (in the form of Balle et al. 2020, theorem 21).
 *
 * @param orders      α > 1
 * @param divergences ε(α), of all that happened; what is no number, of noise too extreme to be worked with, is infinite
 */
public record RdpCurve(Orders orders, List<Double> divergences) implements PrivacyCurve {
    public RdpCurve {
        divergences = List.copyOf(divergences.stream()
                .map(found -> Double.isNaN(found) ? Double.valueOf(Double.POSITIVE_INFINITY) : found)
                .collect(Collectors.toList()));
        if (divergences.size() != orders.values().size()) {
            throw new IllegalArgumentException("there are " + divergences.size() + " divergences, expected "
                    + orders.values().size() + ": one for each order");
        }
    }

    /** The least over all orders of ε(α) + ln(1 - 1/α) - (ln δ + ln α) / (α - 1). */
    @Override
    public double epsilon(double delta) {
        Questions.delta(delta);
        boolean hidesAll = divergences.stream().anyMatch(divergence -> hidesAll(divergence, delta));
        return hidesAll ? 0 : Math.max(0, epsilon(best(delta), delta));
    }

    /** The order that decides {@link #epsilon}. */
    public double decidingOrder(double delta) {
        Questions.delta(delta);
        return orders.values().get(best(delta));
    }

    private int best(double delta) {
        int best = 0;
        for (int i = 1; i < divergences.size(); i++) {
            if (epsilon(i, delta) < epsilon(best, delta)) {
                best = i;
            }
        }
        return best;
    }

    private double epsilon(int i, double delta) {
        return epsilon(orders.values().get(i), divergences.get(i), delta);
    }

    /** The least over all orders of exp((α - 1) (ε(α) - ε + ln(1 - 1/α))) / α and sqrt(1 - exp(-ε(α))). */
    @Override
    public double delta(double epsilon) {
        Questions.epsilon(epsilon);
        double least = 1;
        for (int i = 0; i < divergences.size(); i++) {
            double order = orders.values().get(i);
            double divergence = divergences.get(i);
            double moment = Math.exp((order - 1) * (divergence - epsilon + Math.log1p(-1 / order))) / order;
            least = Math.min(least, Math.min(moment, Math.sqrt(-Math.expm1(-divergence))));
        }
        return least;
    }

    static double epsilon(double order, double divergence, double delta) {
        return divergence + Math.log1p(-1 / order) - (Math.log(delta) + Math.log(order)) / (order - 1);
    }

    /** Whether neighbours are so near that δ alone covers their distance in total variation (Bretagnolle and Huber 1979). */
    private static boolean hidesAll(double divergence, double delta) {
        return delta * delta + Math.expm1(-divergence) > 0;
    }
}
