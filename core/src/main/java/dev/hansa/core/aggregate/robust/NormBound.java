package dev.hansa.core.aggregate.robust;

/**
 * The mean of the updates, each shortened to a norm of τ if it is longer: {@code Σ x_i min(1, τ / ‖x_i‖) / n}.
 *
 * <p>Sun et al., <i>Can You Really Backdoor Federated Learning?</i>, arXiv:1911.07963, 2019, the defence "norm
 * thresholding of updates". Bounds what f updates can do by {@code f τ / n}, and does not find out which they are. Two
 * looks at the updates.
 *
 * @param clipNorm τ, in the L2 norm
 */
public record NormBound(double clipNorm) implements RobustRule {

    public NormBound {
        Fewest.requirePositive("clipNorm", clipNorm);
    }

    @Override
    public Combination combined(Vectors updates) {
        int count = updates.count();
        double[] coefficients = Distances.from(new Linear(updates, new double[count]));
        for (int i = 0; i < count; i++) {
            coefficients[i] = factor(coefficients[i], clipNorm) / count;
        }
        return new Linear(updates, coefficients);
    }

    /** What makes a vector of that norm no longer than the bound. */
    static double factor(double norm, double bound) {
        return norm > bound ? bound / norm : 1;
    }
}
