package dev.hansa.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsableTest {

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsFoundWhereverItIs(float bad) {
        for (int size = 1; size <= 9; size++) {
            Layout layout = Layout.of(TensorShape.of("w", size));
            float[] values = new float[size];
            Arrays.fill(values, -Float.MAX_VALUE);
            ModelUpdate good = new ModelUpdate(Parameters.of(layout, values), 1, Sums.NONE);
            assertThat(Usable.difference(good, layout)).isEqualTo(good.difference());
            for (int place = 0; place < size; place++) {
                values[place] = bad;
                ModelUpdate update = new ModelUpdate(Parameters.of(layout, values), 1, Sums.NONE);
                assertThatExceptionOfType(UnusableUpdateException.class)
                        .isThrownBy(() -> Usable.difference(update, layout))
                        .withMessageStartingWith("its value " + place + " is " + bad);
                values[place] = -Float.MAX_VALUE;
            }
        }
    }
}
