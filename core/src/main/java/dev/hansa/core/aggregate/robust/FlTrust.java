package dev.hansa.core.aggregate.robust;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import java.util.Arrays;

/**
 * The mean of the updates, each as long as a trusted one and weighted by how much it points the same way:
 * {@code Σ TS_i (‖g₀‖ / ‖x_i‖) x_i / Σ TS_i} with {@code TS_i = max(0, cos(x_i, g₀))}. Zero if none does.
 *
 * <p>Cao et al., <i>FLTrust: Byzantine-robust Federated Learning via Trust Bootstrapping</i>, NDSS 2021. Withstands even most updates being bad, as far as the trusted one is good. Two looks at the updates.
 *
 * @param trusted g₀: the update of a training on clean rows of the coordinator's own
 */
public record FlTrust(Parameters trusted) implements RobustRule {

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the trusted update has another layout
     */
    @Override
    public Accumulator start(Layout layout) {
        trusted.requireSameLayout(layout);
        return RobustRule.super.start(layout);
    }

    @Override
    public Combination combined(Vectors updates) {
        return combined(updates, UpdateVectors.of(trusted));
    }

    static Linear combined(Vectors updates, Vectors trusted) {
        Distances.NormsAndProducts withTrusted = Distances.withLast(new Appended(updates, trusted));
        double length = withTrusted.norms()[updates.count()];
        double[] trust = trust(withTrusted);
        double all = Arrays.stream(trust).sum();
        double[] coefficients = new double[trust.length];
        for (int i = 0; i < trust.length; i++) {
            coefficients[i] = trust[i] == 0 ? 0 : trust[i] / all * length / withTrusted.norms()[i];
        }
        return new Linear(updates, coefficients);
    }

    /** TS_i of each vector but the last, which is the trusted one. */
    static double[] trust(Distances.NormsAndProducts withTrusted) {
        double[] norms = withTrusted.norms();
        double[] trust = new double[norms.length - 1];
        for (int i = 0; i < trust.length; i++) {
            double product = withTrusted.products()[i];
            trust[i] = product > 0 ? product / norms[i] / norms[trust.length] : 0;
        }
        return trust;
    }
}
