package dev.hansa.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reddi et al., Algorithm 2, written down once more, one value after the other: many values, rounds and seeds. */
class ServerAdaptiveLawsTest {
    private static final Layout LAYOUT = Layout.of(TensorShape.of("w", 7, 9), TensorShape.of("b", 9));
    private static final int ROUNDS = 12;

    static Stream<Arguments> rulesAndSeeds() {
        List<Long> seeds = new SplittableRandom(35).longs(20).boxed().toList();
        return Stream.of(Rule.values()).flatMap(rule -> Stream.of(true, false)
                .flatMap(zero -> seeds.stream().map(seed -> Arguments.of(rule, zero, seed))));
    }

    @ParameterizedTest(name = "{0}, v from 0: {1}, seed {2}")
    @MethodSource("rulesAndSeeds")
    void eachValueFollowsTheFormulas(Rule rule, boolean fromZero, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double beta1 = random.nextInt(3) * 0.45;
        double beta2 = 0.5 + 0.499 * random.nextDouble();
        double tau = Math.pow(10, -1 - 3 * random.nextDouble());
        double eta = 0.01 + 0.1 * random.nextDouble();
        double start = fromZero ? 0 : tau * tau;
        ServerAdaptive optimizer =
                new ServerAdaptive(rule, new Schedule.Step(eta, 5, 0.5), beta1, beta2, tau, start);
        float[] initial = values(random, 1);
        float[][] differences = new float[ROUNDS][];

        ServerState state = ServerState.start(Parameters.of(LAYOUT, initial));
        for (int t = 0; t < ROUNDS; t++) {
            differences[t] = values(random, tau * 10);
            state = optimizer.step(state, Parameters.of(LAYOUT, differences[t]));
        }

        for (int i = 0; i < LAYOUT.size(); i++) {
            double x = initial[i];
            double m = 0;
            double v = start;
            for (int t = 0; t < ROUNDS; t++) {
                double delta = differences[t][i];
                double squared = delta * delta;
                m = beta1 * m + (1 - beta1) * delta;
                if (rule == Rule.ADAGRAD) {
                    v = v + squared;
                } else if (rule == Rule.ADAM) {
                    v = beta2 * v + (1 - beta2) * squared;
                } else {
                    v = v > squared ? v - (1 - beta2) * squared : v + (1 - beta2) * squared;
                }
                double rate = t < 5 ? eta : t < 10 ? eta / 2 : eta / 4;
                x = x + rate * m / (Math.sqrt(v) + tau);
            }
            assertThat((double) state.parameters().get(i)).as("value %s", i).isCloseTo(x, within(1e-5));
            assertThat((double) state.slot(ServerAdaptive.SECOND).get(i)).as("v %s", i)
                    .isCloseTo(v, within(1e-5 * v));
        }
    }

    /** Of both signs, and some of them much smaller than others. */
    private static float[] values(SplittableRandom random, double size) {
        float[] values = new float[LAYOUT.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (size * (2 * random.nextDouble() - 1) * (random.nextBoolean() ? 1 : 0.01));
        }
        return values;
    }
}
