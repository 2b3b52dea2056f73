package dev.hansa.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private static final Layout LAYOUT = Layout.of(TensorShape.of("weight", 2, 1), TensorShape.of("bias", 1));
    private static final Parameters A = Parameters.of(LAYOUT, 1, 2, 3);
    private static final Parameters B = Parameters.of(LAYOUT, 10, 20, 30);

    @Test
    void algebraIsValueByValue() {
        assertThat(A.plus(B)).isEqualTo(Parameters.of(LAYOUT, 11, 22, 33));
        assertThat(B.minus(A)).isEqualTo(Parameters.of(LAYOUT, 9, 18, 27));
        assertThat(A.times(-0.5)).isEqualTo(Parameters.of(LAYOUT, -0.5f, -1, -1.5f));
        assertThat(A.plusTimes(0.1, B)).isEqualTo(Parameters.of(LAYOUT, 2, 4, 6));
        assertThat(Parameters.of(LAYOUT, 2, 3, 6).l2Norm()).isEqualTo(7);
    }

    @Test
    void scaledSumIsRoundedOnce() {
        Parameters one = Parameters.of(LAYOUT, 1, 1, 1);
        Parameters tiny = Parameters.of(LAYOUT, 1, 1, 1).times(1e-8);

        assertThat(one.plusTimes(10, tiny)).isEqualTo(Parameters.of(LAYOUT, 1 + 1e-7f, 1 + 1e-7f, 1 + 1e-7f));
    }

    @Test
    void arraysAreCopiedInAndOut() {
        float[] values = {1, 2, 3};
        Parameters parameters = Parameters.of(LAYOUT, values);
        values[0] = 99;
        parameters.toArray()[1] = 99;

        assertThat(parameters).isEqualTo(A);
    }

    @Test
    void tensorsAreSelectedByName() {
        assertThat(A.select(Set.of("bias")))
                .isEqualTo(Parameters.of(Layout.of(TensorShape.of("bias", 1)), 3));
        assertThatIllegalArgumentException().isThrownBy(() -> A.select(Set.of("gain")))
                .withMessage("no tensor is called gain; there are [weight, bias]");
    }

    @Test
    void sourceIsLoadedBlockByBlock() {
        ParameterSource source = new ParameterSource() {
            @Override
            public Layout layout() {
                return LAYOUT;
            }

            @Override
            public void read(BlockReader reader) {
                reader.accept(0, new float[]{7, 1, 2}, 1, 2);
                reader.accept(2, new float[]{3, 7}, 0, 1);
            }
        };

        assertThat(Parameters.load(source)).isEqualTo(A);
        assertThat(part(source)).containsExactly(2f, 3f);
    }

    @Test
    void aPartIsReadAlone() {
        assertThat(part(A)).containsExactly(2f, 3f);
    }

    /** Of all places but the first. */
    private static List<Float> part(ParameterSource source) {
        List<Float> read = new ArrayList<>();
        source.read(1, 3, (offset, values, from, length) -> {
            assertThat(offset).isEqualTo(1 + read.size());
            for (int i = from; i < from + length; i++) {
                read.add(values[i]);
            }
        });
        return read;
    }

    @Test
    void otherLayoutsDoNotMix() {
        Parameters other = Parameters.zeros(Layout.of(TensorShape.of("weight", 3)));

        assertThatIllegalArgumentException().isThrownBy(() -> A.plus(other));
        assertThatIllegalArgumentException().isThrownBy(() -> A.minus(other));
        assertThatIllegalArgumentException().isThrownBy(() -> A.plusTimes(1, other));
        assertThatIllegalArgumentException().isThrownBy(() -> Parameters.of(LAYOUT, 1, 2));
    }

    @Test
    void nonFiniteValuesShow() {
        assertThat(A.isFinite()).isTrue();
        assertThat(Parameters.of(LAYOUT, 1, Float.NaN, 1).isFinite()).isFalse();
        assertThat(Parameters.of(LAYOUT, 1, 1, Float.NEGATIVE_INFINITY).isFinite()).isFalse();
    }

    @Test
    void layoutKnowsWhereTensorsBegin() {
        assertThat(LAYOUT.size()).isEqualTo(3);
        assertThat(LAYOUT.offset("bias")).isEqualTo(2);
        assertThat(LAYOUT.tensor("weight").size()).isEqualTo(2);
        assertThat(TensorShape.of("scalar").size()).isEqualTo(1);
    }

    @Test
    void layoutThatNoArrayCanHoldIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TensorShape.of("huge", 1 << 16, 1 << 16));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layout.of(TensorShape.of("a", Integer.MAX_VALUE), TensorShape.of("b", 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layout.of(TensorShape.of("a", 1), TensorShape.of("a", 1)))
                .withMessageContaining("two tensors are called a");
        assertThatIllegalArgumentException().isThrownBy(() -> TensorShape.of("empty", 0));
    }
}
