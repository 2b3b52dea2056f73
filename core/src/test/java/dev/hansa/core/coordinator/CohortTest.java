package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.model.Seed;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CohortTest {
    private static final SortedSet<String> FIVE = new TreeSet<>(List.of("a", "b", "c", "d", "e"));

    private static SortedSet<String> select(int size, long seed) {
        return select(OptionalInt.of(size), seed);
    }

    private static SortedSet<String> select(OptionalInt size, long seed) {
        return new Uniform()
                .select(new Draw(new Seed(seed), 1, FIVE, size, 1, Collections.emptySortedMap(), List.of()));
    }

    @Test
    void seedDecidesTheCohort() {
        assertThat(select(3, 1)).hasSize(3).isSubsetOf(FIVE).isEqualTo(select(3, 1));
        assertThat(LongStream.range(0, 500).mapToObj(seed -> select(2, seed)).distinct()).as("all pairs").hasSize(10);
    }

    @Test
    void allTakePartIfTheSizeIsOpenOrTooLarge() {
        assertThat(select(OptionalInt.empty(), 1)).isEqualTo(FIVE);
        assertThat(select(5, 1)).isEqualTo(FIVE);
        assertThat(select(99, 1)).isEqualTo(FIVE);
    }

    @Test
    void overSelectionAsksMoreThanAreNeeded() {
        Cohort cohort = new Cohort(2, OptionalInt.of(30), 2, 1.1, Duration.ofMinutes(1), false);
        assertThat(cohort.asked()).hasValue(33);
        assertThat(cohort.enough()).isEqualTo(30);
        assertThat(new Cohort(2, OptionalInt.of(3), 2, 1.3, Duration.ofMinutes(1), false).asked()).hasValue(4);
        assertThat(new Cohort(2, OptionalInt.of(3), 2, Duration.ofMinutes(1)).enough()).isEqualTo(Integer.MAX_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cohort(2, OptionalInt.empty(), 2, 1.3, Duration.ofMinutes(1), false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cohort(2, OptionalInt.of(3), 2, 0.9, Duration.ofMinutes(1), false));
    }

    @Test
    void eachClientIsChosenAboutEquallyOften() {
        int[] chosen = new int[5];
        for (long seed = 0; seed < 5000; seed++) {
            select(2, seed).forEach(client -> chosen[client.charAt(0) - 'a']++);
        }

        // binomial, mean 2000, deviation 35: six of them are missed in one of 10^8 seeds
        for (int count : chosen) {
            assertThat(count).isBetween(2000 - 210, 2000 + 210);
        }
    }

    @Test
    void contradictionsAreRefused() {
        Duration deadline = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Cohort(1, OptionalInt.empty(), 2, deadline))
                .withMessageContaining("nodes is 1, fewer than the 2 of minimumReports");
        assertThatIllegalArgumentException().isThrownBy(() -> new Cohort(3, OptionalInt.of(1), 2, deadline));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cohort(3, OptionalInt.empty(), 0, deadline));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cohort(3, OptionalInt.empty(), 2, Duration.ZERO));
    }
}
