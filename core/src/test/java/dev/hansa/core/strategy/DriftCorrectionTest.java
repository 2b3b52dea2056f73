package dev.hansa.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.FairMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Both halves by hand, of a cohort of one among four clients. */
class DriftCorrectionTest {
    private static final Layout LAYOUT = Layout.of(TensorShape.of("w", 1));
    private static final LocalTraining TRAINING = new LocalTraining(1, 5, 0.5, 0, 0, true);

    private static Parameters of(double value) {
        return Parameters.of(LAYOUT, (float) value);
    }

    private static Parameters bundle(double model, double control) {
        Map<String, Parameters> parts = new LinkedHashMap<>();
        parts.put("model", of(model));
        parts.put("control", of(control));
        return Parameters.load(Bundle.of(parts));
    }

    @Test
    void scaffoldsControlMovesByTheCohortsShare() {
        Combination scaffold = Strategies.scaffold(TRAINING, 1, 4);
        ServerState start = scaffold.start(of(1)).with(Map.of("control", of(0.25)));
        assertThat(scaffold.plan(start).parameters()).isEqualTo(bundle(1, 0.25));

        ServerState next = scaffold.step(start, new Aggregate(bundle(0.5, 2), 1, 1, Sums.NONE));

        assertThat(next.parameters()).isEqualTo(of(1.5));
        assertThat(next.slot("control")).isEqualTo(of(0.75)); // 0.25 + ¼ · 2
    }

    /** c = 0.25, c_i = 1, Δ = -0.5 after 2 steps of 0.5: the new c_i is 1 - 0.25 + 0.5 / 1. */
    @Test
    void scaffoldsClientCorrectsByTheDifferenceAndKeepsItsMeanGradient() {
        DriftCorrection scaffold = DriftCorrection.of(TRAINING.withDrift(LocalTraining.Drift.SCAFFOLD));
        DriftCorrection.Start start = scaffold.start(bundle(1, 0.25), Optional.of(of(1)));
        assertThat(start.model()).isEqualTo(of(1));
        assertThat(start.gradient()).contains(of(-0.75));

        DriftCorrection.End end = scaffold.end(start, of(-0.5), 2);

        assertThat(end.remember()).contains(of(1.25));
        assertThat(end.difference()).isEqualTo(bundle(-0.5, 0.25));
    }

    @Test
    void fedDynsMemoryMovesByTheCohortsShare() {
        Combination fedDyn = Strategies.fedDyn(TRAINING, 0.5, 4);

        ServerState next = fedDyn.step(fedDyn.start(of(1)), new Aggregate(of(0.8), 1, 1, Sums.NONE));

        assertThat(next.slot("h").get(0)).isCloseTo(-0.1f, within(1e-6f)); // -0.5 · ¼ · 0.8
        assertThat(next.parameters().get(0)).isCloseTo(2, within(1e-6f)); // 1 + 0.8 + 0.1 / 0.5
    }

    @Test
    void correctionsNeedAMean() {
        assertThatIllegalArgumentException().isThrownBy(() -> Strategies.scaffold(TRAINING, 1, 4)
                .aggregating(new FairMean(1, OptionalDouble.empty())));
        assertThat(Strategies.fedAvg(TRAINING, Weighting.UNIFORM).aggregating(new FairMean(1, OptionalDouble.empty())))
                .isNotNull();
    }
}
