package dev.hansa.core.aggregate.robust;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormBoundTest extends RobustRuleContract {

    @Override
    protected RobustRule rule(int f) {
        return new NormBound(0.5);
    }

    @Test
    void onlyWhatIsTooLongIsShortened() {
        ArrayVectors updates = ArrayVectors.of(new double[]{30, 40}, new double[]{-1, 2}, new double[]{0, 0});

        assertClose(updates.combinedBy(new NormBound(5)), new double[]{2 / 3.0, 2}, within(1e-15));
    }

    @Test
    void anUpdateThatIsAnythingCountsNoMoreThanTheBound() {
        ArrayVectors updates = ArrayVectors.of(new double[]{1e12, 0}, new double[]{0.25, 0}, new double[]{0, 0.25});

        assertClose(updates.combinedBy(rule(1)), new double[]{0.25, 0.25 / 3}, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aBoundThatIsNoneIsRefused(double clipNorm) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NormBound(clipNorm))
                .withMessageStartingWith("clipNorm is " + clipNorm);
    }
}
