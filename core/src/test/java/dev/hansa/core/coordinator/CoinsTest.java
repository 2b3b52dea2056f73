package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.noise.SecureBytes;
import dev.hansa.core.privacy.noise.SeededBytes;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoinsTest {
    private static final int DRAWS = 40_000;
    private final Coins secret = new Coins.Secret(new SeededBytes(new Seed(5)));

    @Test
    void secretCoinsFallAtTheirRate() {
        long fallen = IntStream.range(0, DRAWS).filter(draw -> secret.falls("a", 0.3)).count();
        assertThat((fallen - 0.3 * DRAWS) / Math.sqrt(DRAWS * 0.3 * 0.7)).isBetween(-5.0, 5.0);
        assertThat(IntStream.range(0, 1000)).allMatch(draw -> secret.falls("a", 1));
        assertThat(IntStream.range(0, 1000)).noneMatch(draw -> secret.falls("a", 0x1p-54));
    }

    @Test
    void secretNumbersAreEquallyLikely() {
        int[] found = new int[7];
        IntUnaryOperator numbers = secret.numbers();
        for (int draw = 0; draw < DRAWS; draw++) {
            found[numbers.applyAsInt(7)]++;
        }
        double expected = DRAWS / 7.0;
        double chiSquare = IntStream.of(found)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected).sum();
        assertThat(chiSquare).as("6 degrees of freedom: more than 39 in one of 10^6 seeds").isLessThan(39);
    }

    /** Of 3/4 · 2^31 numbers the first two thirds would be likelier by a half if the rest of 32 bits were not drawn again. */
    @Test
    void noNumberIsLikelierForComingFirst() {
        int bound = Integer.MAX_VALUE / 4 * 3;
        IntUnaryOperator numbers = secret.numbers();
        long low = IntStream.range(0, DRAWS).filter(draw -> numbers.applyAsInt(bound) < bound / 3).count();
        assertThat((low - DRAWS / 3.0) / Math.sqrt(DRAWS * 2 / 9.0)).isBetween(-5.0, 5.0);
    }

    @Test
    void nobodyKnowsThemTwice() {
        IntUnaryOperator one = new Coins.Secret(SecureBytes.fresh()).numbers();
        IntUnaryOperator other = new Coins.Secret(SecureBytes.fresh()).numbers();
        assertThat(IntStream.range(0, 10).map(draw -> one.applyAsInt(Integer.MAX_VALUE)).toArray())
                .isNotEqualTo(IntStream.range(0, 10).map(draw -> other.applyAsInt(Integer.MAX_VALUE)).toArray());
    }
}
