package dev.hansa.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import org.junit.jupiter.api.Test;

class CombinationTest {
    private static final Layout LAYOUT = Layout.of(TensorShape.of("w", 3));
    private static final LocalTraining TRAINING = new LocalTraining(2, 10, 0.1, 0, 0, true);
    private static final Aggregate TWO_CLIENTS = new Aggregate(Parameters.of(LAYOUT, 3.25f, -1, 2), 4, 2, Sums.NONE);

    @Test
    void stepMovesByTheMeanTimesTheServerRate() {
        ServerState start = fedAvg(1).start(Parameters.of(LAYOUT, 1, 1, 1));

        assertThat(fedAvg(1).step(start, TWO_CLIENTS).parameters()).isEqualTo(Parameters.of(LAYOUT, 4.25f, 0, 3));
        assertThat(fedAvg(0.5).step(start, TWO_CLIENTS).parameters())
                .isEqualTo(Parameters.of(LAYOUT, 2.625f, 0.5f, 2));
        assertThat(fedAvg(1).step(start, TWO_CLIENTS).round()).isEqualTo(1);
    }

    @Test
    void planSendsTheCurrentModel() {
        ServerState state = fedAvg(1).start(Parameters.of(LAYOUT, 1, 2, 3));

        RoundPlan plan = fedAvg(1).plan(state);

        assertThat(plan).isEqualTo(new RoundPlan(state.parameters(), TRAINING, new WeightedMean(Weighting.EXAMPLES)));
    }

    @Test
    void serverRateIsAPositiveNumber() {
        for (double rate : new double[]{0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> fedAvg(rate));
        }
    }

    private static Combination fedAvg(double rate) {
        return Strategies.fedAvg(TRAINING, Weighting.EXAMPLES, rate);
    }
}
