package dev.hansa.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two rounds of each optimiser, worked out by hand: the mean differences are 0.5, then -0.25. */
class ServerOptimizerTest {
    private static final Layout LAYOUT = Layout.of(TensorShape.of("w", 1));

    private static float afterTwoRounds(ServerOptimizer optimizer) {
        ServerState start = ServerState.start(Parameters.of(LAYOUT, 1));
        ServerState second =
                optimizer.step(optimizer.step(start, Parameters.of(LAYOUT, 0.5f)), Parameters.of(LAYOUT, -0.25f));
        assertThat(second.round()).isEqualTo(2);
        return second.parameters().get(0);
    }

    @Test
    void sgd() {
        assertThat(afterTwoRounds(new ServerSgd(new Schedule.Constant(2), 0))).isEqualTo(1.5f);
    }

    @Test
    void sgdWithMomentum() {
        // v = 0.5, then 0.9 · 0.5 - 0.25 = 0.2
        assertThat(afterTwoRounds(new ServerSgd(new Schedule.Constant(1), 0.9))).isCloseTo(1.7f, within(1e-6f));
    }

    @Test
    void nesterov() {
        // v = 1.5, w = 1.5 + 0.5 · 0.5 = 1.75; then v = 1.5, w = 1.5 + 0
        assertThat(afterTwoRounds(new ServerNesterov(new Schedule.Constant(1), 0.5))).isEqualTo(1.5f);
        // η = 2: v = 2, w = 2 + 0.5 · 1
        ServerState first = new ServerNesterov(new Schedule.Constant(2), 0.5)
                .step(ServerState.start(Parameters.of(LAYOUT, 1)), Parameters.of(LAYOUT, 0.5f));
        assertThat(first.parameters().get(0)).isEqualTo(2.5f);
    }

    @Test
    void sgdWithAScheduledRate() {
        // 1 + 1 · 0.5 - 0.5 · 0.25
        assertThat(afterTwoRounds(new ServerSgd(new Schedule.Step(1, 1, 0.5), 0))).isEqualTo(1.375f);
    }

    /**
     * β1 = 0.5, β2 = 0.75, τ = 0.5, v0 = 0.25, η = 1: m = 0.25, then 0. Adagrad: v = 0.5, then 0.5625. Adam: v = 0.25, then
     * 0.203125. Yogi: v = 0.25 - 0.25 · 0.25 · sign(0) = 0.25, then 0.25 - 0.25 · 0.0625 = 0.234375. The second m is 0, so it
     * is the first step that shows; the second v is looked at by itself.
     */
    @ParameterizedTest
    @CsvSource({"ADAGRAD, 0.5, 0.5625", "ADAM, 0.25, 0.203125", "YOGI, 0.25, 0.234375"})
    void adaptive(Rule rule, double v1, double v2) {
        ServerAdaptive optimizer = new ServerAdaptive(rule, new Schedule.Constant(1), 0.5, 0.75, 0.5, 0.25);
        ServerState first = optimizer.step(ServerState.start(Parameters.of(LAYOUT, 1)), Parameters.of(LAYOUT, 0.5f));
        assertThat(first.parameters().get(0)).isCloseTo((float) (1 + 0.25 / (Math.sqrt(v1) + 0.5)), within(1e-6f));
        assertThat(first.slot(ServerAdaptive.SECOND).get(0)).isEqualTo((float) v1);

        ServerState second = optimizer.step(first, Parameters.of(LAYOUT, -0.25f));
        assertThat(second.slot(ServerAdaptive.FIRST).get(0)).isZero();
        assertThat(second.slot(ServerAdaptive.SECOND).get(0)).isEqualTo((float) v2);
        assertThat(second.parameters()).isEqualTo(first.parameters());
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void adaptiveWithoutMomentumGoesAgainstTheSignAboutAsFarWhateverTheSize(Rule rule) {
        ServerAdaptive optimizer = new ServerAdaptive(rule, new Schedule.Constant(0.1), 0, 0, 1e-9, 0);
        for (float difference : new float[]{-3000, 0.002f, 5}) {
            ServerState state =
                    optimizer.step(ServerState.start(Parameters.of(LAYOUT, 1)), Parameters.of(LAYOUT, difference));
            assertThat(state.parameters().get(0)).isCloseTo(1 + 0.1f * Math.signum(difference), within(1e-5f));
        }
    }
}
