package dev.hansa.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Seed;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowOrderTest {
    private static final int[] STORED = IntStream.range(0, 100).toArray();

    @Test
    void storedOrderStays() {
        RowOrder order = new RowOrder(100, false, new Seed(1));

        assertThat(order.next()).isEqualTo(STORED);
        assertThat(order.next()).isEqualTo(STORED);
    }

    @Test
    void eachEpochIsAnotherPermutationAndTheSeedDecidesWhich() {
        RowOrder order = new RowOrder(100, true, new Seed(1));
        int[] first = order.next().clone();
        int[] second = order.next().clone();

        assertThat(first).isNotEqualTo(STORED).containsExactlyInAnyOrder(STORED);
        assertThat(second).isNotEqualTo(first).containsExactlyInAnyOrder(STORED);
        assertThat(new RowOrder(100, true, new Seed(1)).next()).isEqualTo(first);
        assertThat(new RowOrder(100, true, new Seed(2)).next()).isNotEqualTo(first);
    }

    @Test
    void eachRowComesFirstAboutEquallyOften() {
        int[] first = new int[5];
        for (long seed = 0; seed < 5000; seed++) {
            first[new RowOrder(5, true, new Seed(seed)).next()[0]]++;
        }

        // binomial with deviation 28: six of them are missed in one of 10^8 seeds
        for (int count : first) {
            assertThat(count).isBetween(1000 - 170, 1000 + 170);
        }
    }
}
