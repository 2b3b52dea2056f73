package dev.hansa.core.strategy;

import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import java.util.Arrays;
import java.util.Map;

/**
 * A step size of its own for each parameter: Reddi et al., <i>Adaptive Federated Optimization</i>, ICLR 2021, Algorithm 2.
 *
 * <p>{@code m ← β1 m + (1 - β1) Δ; v ← } by rule {@code ; w ← w + η m / (√v + τ)}, without the correction of bias that Adam
 * has elsewhere. m begins at 0, v as configured.
 *
 * @param rule        how v follows Δ²
 * @param rate        η
 * @param beta1       0 (no momentum) to below 1
 * @param beta2       0 to below 1; of no effect on Adagrad
 * @param tau         τ, how adaptive it is at most: the smaller the more; greater than 0
 * @param accumulator v before the first round: the paper asks for τ² or more, its experiments took 0
 */
public record ServerAdaptive(Rule rule, Schedule rate, double beta1, double beta2, double tau, double accumulator)
        implements
            ServerOptimizer {
    static final String FIRST = "firstMoment";
    static final String SECOND = "secondMoment";

    /** How the second moment v follows the squares of the differences. */
    public enum Rule {
        /** {@code v + Δ²}. */
        ADAGRAD {
            @Override
            double next(double v, double squared, double beta2) {
                return v + squared;
            }
        },
        /** {@code β2 v + (1 - β2) Δ²}. */
        ADAM {
            @Override
            double next(double v, double squared, double beta2) {
                return beta2 * v + (1 - beta2) * squared;
            }
        },
        /** {@code v - (1 - β2) Δ² sign(v - Δ²)}. */
        YOGI {
            @Override
            double next(double v, double squared, double beta2) {
                return v - (1 - beta2) * squared * Math.signum(v - squared);
            }
        };

        abstract double next(double v, double squared, double beta2);
    }

    public ServerAdaptive {
        require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "from 0 to below 1");
        require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "from 0 to below 1");
        require(tau > 0 && Double.isFinite(tau), "tau", tau, "a finite number greater than 0");
        require(accumulator >= 0 && Double.isFinite(accumulator), "accumulator", accumulator, "0 or more");
    }

    private static void require(boolean good, String name, double value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }

    @Override
    public ServerAdaptive at(Schedule rates) {
        return new ServerAdaptive(rule, rates, beta1, beta2, tau, accumulator);
    }

    @Override
    public ServerState step(ServerState state, ParameterSource difference) {
        double eta = rate.at(state.round() + 1);
        float[] model = state.parameters().toArray();
        float[] first = state.slot(FIRST).toArray();
        float[] second = second(state);
        difference.read((offset, values, from, length) -> {
            for (int i = offset; i < offset + length; i++) {
                double delta = values[from + i - offset];
                double m = beta1 * first[i] + (1 - beta1) * delta;
                double v = rule.next(second[i], delta * delta, beta2);
                first[i] = (float) m;
                second[i] = (float) v;
                model[i] = (float) (model[i] + eta * m / (Math.sqrt(v) + tau));
            }
        });
        return state.next(owning(state, model))
                .with(Map.of(FIRST, owning(state, first), SECOND, owning(state, second)));
    }

    private float[] second(ServerState state) {
        if (state.slots().containsKey(SECOND)) {
            return state.slot(SECOND).toArray();
        }
        float[] start = new float[state.parameters().size()];
        Arrays.fill(start, (float) accumulator);
        return start;
    }

    private static Parameters owning(ServerState state, float[] values) {
        return Parameters.owning(state.parameters().layout(), values);
    }
}
