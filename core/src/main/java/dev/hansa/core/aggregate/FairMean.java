package dev.hansa.core.aggregate;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Sums;
import java.util.OptionalDouble;

/**
 * A mean in which clients count the more the worse the model was for them: {@code Σ L F_k^q Δ_k / Σ h_k} with
 * {@code h_k = q F_k^(q-1) ‖L Δ_k‖² + L F_k^q}.
 *
 * <p>Li et al., <i>Fair Resource Allocation in Federated Learning</i> (q-FedAvg), ICLR 2020, Algorithm 2, where
 * {@code Δw_k = -L Δ_k}. F_k is the mean loss of the model that was sent, over the client's rows.
 *
 * @param q         how much fairness counts; 0 (not at all) or more
 * @param lipschitz L, greater than 0; empty for one over the clients' rate, as the paper takes it
 */
public record FairMean(double q, OptionalDouble lipschitz) implements Aggregator {
    /** Keeps F^(q-1) finite where a client has no loss at all. */
    private static final double LEAST_LOSS = 1e-10;
    /** Keeps sums finite, of updates however large. */
    private static final double MOST_WEIGHT = 1e100;

    public FairMean {
        if (!(q >= 0) || Double.isInfinite(q)) {
            throw new IllegalArgumentException("q is " + q + ", expected 0 or more");
        }
        if (lipschitz.isPresent() && !(lipschitz.getAsDouble() > 0 && Double.isFinite(lipschitz.getAsDouble()))) {
            throw new IllegalArgumentException("lipschitz is " + lipschitz + ", expected a number greater than 0");
        }
    }

    @Override
    public FairMean in(Round round) {
        return lipschitz.isPresent() ? this : new FairMean(q, OptionalDouble.of(1 / round.training().rate()));
    }

    @Override
    public boolean keepsUpdates() {
        return false;
    }

    @Override
    public Accumulator start(Layout layout) {
        double l = lipschitz.orElse(1);
        return new MeanAccumulator(layout) {
            private double normalizer;

            @Override
            protected double factor(ModelUpdate update) {
                double weight = l * Math.pow(startLoss(update), q);
                if (weight > MOST_WEIGHT) {
                    throw new UnusableUpdateException("its loss before training is " + startLoss(update)
                            + ", which to the power of " + q + " outweighs whatever others send");
                }
                return weight;
            }

            @Override
            protected void added(ModelUpdate update, ParameterSource difference) {
                double squared = l * l * squaredNorm(difference);
                normalizer += q * Math.pow(startLoss(update), q - 1) * squared + factor(update);
            }

            @Override
            protected Aggregate finish(CheckedSum sum, int clients, Sums sums) {
                return new Aggregate(sum.takeMean(normalizer), normalizer, clients, sums);
            }
        };
    }

    private static double startLoss(ModelUpdate update) {
        if (!update.sums().values().containsKey(Sums.START_LOSS)) {
            throw new UnusableUpdateException("it does not tell the loss before training, which q-FedAvg weighs by");
        }
        return Math.max(LEAST_LOSS, update.sums().get(Sums.START_LOSS) / update.weight());
    }

    private static double squaredNorm(ParameterSource difference) {
        double[] sum = {0};
        difference.read((offset, values, from, length) -> {
            for (int i = from; i < from + length; i++) {
                sum[0] += (double) values[i] * values[i];
            }
        });
        return sum[0];
    }
}
