package dev.hansa.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of Xie et al., section 5.1, worked out by hand. */
class StalenessTest {

    @ParameterizedTest
    @CsvSource({"0", "1", "7", "1000000"})
    void constantIsOne(int steps) {
        assertThat(new Staleness.Constant().factor(steps)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0, 1", "0.5, 1, 0.7071067811865476", "0.5, 3, 0.5", "0.5, 8, 0.3333333333333333", "1, 1, 0.5",
            "1, 4, 0.2", "0.25, 15, 0.5", "0, 9, 1"})
    void polynomialIsAPowerOfOneMoreThanTheSteps(double exponent, int steps, double expected) {
        assertThat(new Staleness.Polynomial(exponent).factor(steps)).isCloseTo(expected, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"10, 4, 0, 1", "10, 4, 4, 1", "10, 4, 5, 0.09090909090909091", "10, 4, 7, 0.03225806451612903",
            "0.5, 1, 1, 1", "0.5, 1, 2, 0.6666666666666666", "0.5, 1, 3, 0.5", "2, 0, 0, 1",
            "2, 0, 1, 0.3333333333333333"})
    void hingeFallsOnlyBeyondWhatIsFree(double slope, int free, int steps, double expected) {
        assertThat(new Staleness.Hinge(slope, free).factor(steps)).isCloseTo(expected, within(1e-15));
    }

    @Test
    void numbersOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> new Staleness.Polynomial(1.1)).hasMessage("exponent is 1.1, expected from 0 to 1");
        assertThatThrownBy(() -> new Staleness.Polynomial(Double.NaN))
                .hasMessage("exponent is NaN, expected from 0 to 1");
        assertThatThrownBy(() -> new Staleness.Hinge(0, 1)).hasMessage("slope is 0.0, expected more than 0");
        assertThatThrownBy(() -> new Staleness.Hinge(1, -1)).hasMessage("free is -1, expected 0 or more");
    }
}
