package dev.hansa.core.compress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float16Test {
    private static final int INFINITE = 0x7c00;

    @ParameterizedTest
    @CsvSource({"0, 0000", "-0.0, 8000", "1, 3c00", "-2, c000", "0.5, 3800", "65504, 7bff", "-65504, fbff",
            "0.333251953125, 3555", "0.333333333, 3555", "6.103515625e-5, 0400", "6.097555160522461e-5, 03ff",
            "5.960464477539063e-8, 0001", "1.1920928955078125e-7, 0002", "Infinity, 7c00", "-Infinity, fc00"})
    void knownValues(float value, String half) {
        assertThat(hex(Float16.of(value))).isEqualTo(half);
    }

    @ParameterizedTest
    @CsvSource({"1.00048828125, 3c00", "1.00146484375, 3c02", "1.000488281251, 3c00", "1.0004884, 3c01",
            "2049, 6800", "2051, 6802", "2.98023223876953125e-8, 0000", "8.94069671630859375e-8, 0002",
            "2.9802326e-8, 0001", "1e-45, 0000", "65519.996, 7bff", "65520, 7c00", "-65520, fc00", "3.4e38, 7c00"})
    void tiesGoToEvenAndWhatIsTooLargeToInfinity(float value, String half) {
        assertThat(hex(Float16.of(value))).isEqualTo(half);
    }

    @Test
    void eachHalfIsItselfAgain() {
        for (int half = 0; half <= 0xffff; half++) {
            if ((half & 0x7fff) <= INFINITE) {
                assertThat(hex(Float16.of(Float16.toFloat((short) half)))).isEqualTo(hex((short) half));
            }
        }
    }

    @Test
    void betweenTwoHalvesTheNearerOneIsTakenAndOfTwoTheEvenOne() {
        for (int half = 0; half < INFINITE - 1; half++) {
            float low = Float16.toFloat((short) half);
            float high = Float16.toFloat((short) (half + 1));
            float middle = (float) (((double) low + high) / 2); // exact: a float has more bits
            assertThat(Float16.of(middle)).isEqualTo((short) (half + (half & 1)));
            assertThat(Float16.of(Math.nextDown(middle))).isEqualTo((short) half);
            assertThat(Float16.of(Math.nextUp(middle))).isEqualTo((short) (half + 1));
            assertThat(Float16.of(-middle)).isEqualTo((short) (0x8000 | half + (half & 1)));
        }
    }

    @Test
    void whatIsNoNumberStaysNone() {
        assertThat(Float16.toFloat(Float16.of(Float.NaN))).isNaN();
        assertThat(Float16.toFloat(Float16.of(Float.intBitsToFloat(0x7f800001)))).isNaN();
        assertThat(Float16.toFloat((short) INFINITE)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    private static String hex(short half) {
        return String.format("%04x", half);
    }
}
