package dev.hansa.core.compress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BFloat16Test {
    @ParameterizedTest
    @CsvSource({"0, 0000", "-0.0, 8000", "1, 3f80", "-2, c000", "3.140625, 4049", "3.14159274, 4049",
            "3.3895314e38, 7f7f", "3.3961775e38, 7f80", "1.1754944e-38, 0080", "9.1835e-41, 0001", "4.5917e-41, 0000",
            "4.6e-41, 0001", "1.00390625, 3f80", "1.01171875, 3f82", "Infinity, 7f80", "-Infinity, ff80"})
    void knownValues(float value, String brain) {
        assertThat(String.format("%04x", BFloat16.of(value))).isEqualTo(brain);
    }

    @Test
    void betweenTwoTheNearerOneIsTakenAndOfTwoTheEvenOne() {
        for (int brain = 0; brain < 0x7f7f; brain++) {
            float low = BFloat16.toFloat((short) brain);
            assertThat(BFloat16.of(low)).isEqualTo((short) brain);
            float middle = Float.intBitsToFloat(brain << 16 | 0x8000);
            assertThat(BFloat16.of(middle)).isEqualTo((short) (brain + (brain & 1)));
            assertThat(BFloat16.of(Math.nextDown(middle))).isEqualTo((short) brain);
            assertThat(BFloat16.of(-Math.nextUp(middle))).isEqualTo((short) (0x8000 | brain + 1));
        }
    }

    @Test
    void whatIsNoNumberStaysNone() {
        for (int bits : new int[]{0x7fc00000, 0x7f800001, 0xffffffff, 0x7fffffff}) {
            assertThat(BFloat16.toFloat(BFloat16.of(Float.intBitsToFloat(bits)))).isNaN();
        }
    }
}
