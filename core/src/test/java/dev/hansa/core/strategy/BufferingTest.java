package dev.hansa.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.strategy.Buffering.Mixing;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BufferingTest {
    private static final Layout LAYOUT = Layout.of(TensorShape.of("w", 5));
    private static final ModelUpdate UPDATE =
            new ModelUpdate(Parameters.of(LAYOUT, 1, -2, 3, -4, 5), 7, Sums.NONE);

    private static Buffering of(Mixing mixing) {
        return new Buffering(1, new Staleness.Polynomial(1), Buffering.ANY_AGE, mixing);
    }

    @Test
    void freshChangeCountsAsItIs() {
        assertThat(of(Mixing.CHANGES).counted(UPDATE, 0, Optional.empty())).isSameAs(UPDATE);
    }

    @Test
    void staleChangeCountsLessAndWeighsTheSame() {
        ModelUpdate counted = of(Mixing.CHANGES).counted(UPDATE, 3, Optional.empty());
        assertThat(Parameters.load(counted.difference()))
                .isEqualTo(Parameters.of(LAYOUT, 0.25f, -0.5f, 0.75f, -1, 1.25f));
        assertThat(counted.weight()).isEqualTo(7);
    }

    @Test
    void staleModelIsTheSameReadAsAWholeAndInParts() {
        ParameterSource counted = of(Mixing.MODELS)
                .counted(UPDATE, 1, Optional.of(Parameters.of(LAYOUT, 10, 20, 30, 40, 50))).difference();
        assertThat(Parameters.load(counted)).isEqualTo(Parameters.of(LAYOUT, 5.5f, 9, 16.5f, 18, 27.5f));

        float[] parts = new float[5];
        for (int begin : new int[]{0, 2, 4}) {
            counted.read(begin, Math.min(5, begin + 2), (offset, values, from, length) -> {
                System.arraycopy(values, from, parts, offset, length);
            });
        }
        assertThat(Parameters.of(LAYOUT, parts)).isEqualTo(Parameters.load(counted));
    }
}
