package dev.hansa.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompensatedSumTest {

    @Test
    void whatRoundingLosesIsCarriedAlong() {
        CompensatedSum sum = new CompensatedSum();

        sum.add(1);
        sum.add(1e100);
        sum.add(1);
        sum.add(-1e100);

        assertThat(sum.value()).isEqualTo(2);
    }

    @Test
    void tenTenthsAreOne() {
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < 10; i++) {
            sum.add(0.1);
        }

        assertThat(sum.value()).isEqualTo(1);
    }
}
