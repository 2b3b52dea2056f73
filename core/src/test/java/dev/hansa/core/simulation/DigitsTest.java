package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.protocol.LocalTraining;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * FedAvg on real data against an independent reference in double precision: the same test accuracies, row for row, over
 * 200 rounds. Rounds to target as in McMahan et al. 2017, Table 2.
 */
class DigitsTest {
    private static final int ROUNDS = 200;

    @ParameterizedTest(name = "iid {0}, batch {1}, epochs {2}, rate {3}")
    @CsvSource(nullValues = "-", textBlock = """
            true,   0, 1, 0.5, 0.6806, 0.8361, 0.9028, 0.9417, 11,  41,  90, 176, 10.712801
            true,   0, 1, 0.1, 0.6806, 0.6861, 0.8667, 0.8972, 39, 196,   -,   -,  5.329037
            true,  10, 1, 0.1, 0.5167, 0.8750, 0.9083, 0.9472, 10,  27,  68, 147, 12.471090
            true,  10, 5, 0.1, 0.7611, 0.9083, 0.9444, 0.9556,  3,   7,  14,  36, 19.522532
            false,  0, 1, 0.5, 0.2722, 0.7833, 0.8556, 0.9250, 22,  40, 123,   -, 10.734052
            false,  0, 1, 0.1, 0.2722, 0.6806, 0.7389, 0.8806, 96,   -,   -,   -,  5.332580
            false, 10, 1, 0.1, 0.2000, 0.6778, 0.8667, 0.9278, 22,  38, 101,   -, 11.126745
            false, 10, 5, 0.1, 0.2194, 0.8194, 0.8806, 0.9472,  9,  30,  38,  77, 15.905981
            """)
    void softmaxRegressionLearnsLikeTheReference(boolean iid, int batchSize, int epochs, double rate, double round1,
            double round10, double round50, double round200, Integer to85, Integer to90, Integer to92, Integer to94,
            double norm) throws InterruptedException {
        DigitsRun run = new DigitsRun(new ModelSpec.Softmax(), iid,
                new LocalTraining(epochs, batchSize, rate, 0, 0, false), ROUNDS);

        assertThat(List.of(run.correct(1), run.correct(10), run.correct(50), run.correct(200)))
                .containsExactly(correct(round1), correct(round10), correct(round50), correct(round200));
        assertThat(List.of(run.roundsTo(0.85), run.roundsTo(0.90), run.roundsTo(0.92), run.roundsTo(0.94)))
                .containsExactly(orNever(to85), orNever(to90), orNever(to92), orNever(to94));
        assertThat(run.model(ROUNDS).l2Norm()).isCloseTo(norm, within(1e-5));
    }

    private static int correct(double accuracy) {
        return (int) Math.round(accuracy * 360);
    }

    private static int orNever(Integer round) {
        return round == null ? Integer.MAX_VALUE : round;
    }
}
