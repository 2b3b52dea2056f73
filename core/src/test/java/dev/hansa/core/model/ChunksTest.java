package dev.hansa.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ChunksTest {
    private static final int SIZE = 2 * Chunks.LENGTH + 3;
    private static final Layout LAYOUT = Layout.of(TensorShape.of("w", SIZE));

    @Test
    void theMeanOfASumIsReadInItsOrder() {
        double[][] sums = Chunks.zeros(LAYOUT);
        assertThat(sums.length).isEqualTo(3);
        assertThat(sums[0]).hasSize(Chunks.LENGTH);
        assertThat(sums[2]).hasSize(3);
        float[][] means = new float[sums.length][];
        for (int value = 0; value < SIZE; value++) {
            sums[value / Chunks.LENGTH][value % Chunks.LENGTH] = 3.0 * value;
        }
        for (int i = 0; i < sums.length; i++) {
            means[i] = Chunks.divided(sums[i], 3);
        }
        Parameters read = Parameters.load(new Chunks(LAYOUT, means));
        for (int value = 0; value < SIZE; value++) {
            assertThat(read.get(value)).isEqualTo(value);
        }
    }

    @Test
    void valuesOfAnotherModelAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Chunks(LAYOUT, new float[][]{new float[5]}))
                .withMessageContaining("got 5 values for a model of " + SIZE);
    }
}
