package dev.hansa.core.coordinator.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.Draw;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoissonTest {
    private static final int DRAWS = 20_000;

    private static Map<String, Long> clients(int number) {
        Map<String, Long> rows = new TreeMap<>();
        IntStream.range(0, number).forEach(i -> rows.put("client-" + i, 1L));
        return rows;
    }

    @Test
    void eachClientIsChosenAtTheRate() {
        double expected = 0.3 * DRAWS;
        double chiSquare = Draws.inclusions(new Poisson(0.3), DRAWS, 1, clients(20)).values().stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / (expected * 0.7)).sum();

        assertThat(chiSquare).as("20 degrees of freedom: more than 66 in one of 10^6 seeds").isLessThan(66);
    }

    /** What a fixed size, or coins that hang together, would not give. */
    @Test
    void theNumberOfThoseChosenIsBinomial() {
        int[] found = new int[6];
        for (int seed = 0; seed < DRAWS; seed++) {
            found[new Poisson(0.4).select(Draws.of(seed, 1, clients(5))).size()]++;
        }

        int[] choices = {1, 5, 10, 10, 5, 1};
        double chiSquare = 0;
        for (int size = 0; size <= 5; size++) {
            double expected = DRAWS * choices[size] * Math.pow(0.4, size) * Math.pow(0.6, 5 - size);
            chiSquare += (found[size] - expected) * (found[size] - expected) / expected;
        }
        assertThat(chiSquare).as("5 degrees of freedom: more than 37 in one of 10^6 seeds").isLessThan(37);
    }

    @Test
    void aClientsCoinDoesNotDependOnWhoElseIsThere() {
        for (int seed = 0; seed < 200; seed++) {
            Draw all = Draws.of(seed, 1, clients(20));
            SortedSet<String> some = new TreeSet<>(all.available().tailSet("client-15"));
            SortedSet<String> chosen = new TreeSet<>(new Poisson(0.5).select(all));
            chosen.retainAll(some);

            assertThat(new Poisson(0.5).select(all.among(some))).isEqualTo(chosen);
        }
    }

    @Test
    void aRateOfOneChoosesAllAndNoOtherRateIsTaken() {
        assertThat(new Poisson(1).select(Draws.of(1, 1, clients(20)))).hasSize(20);
        for (double rate : new double[]{0, -0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Poisson(rate));
        }
    }

    @Test
    void aRateThatDrawsTooFewIsRefusedWithOneThatDoesNot() {
        Cohort five = new Cohort(5, OptionalInt.empty(), 2, Duration.ofMinutes(1));
        assertThat(new Poisson(0.4).objection(five)).isEmpty();
        assertThat(new Poisson(0.3).objection(five)).hasValue("a rate of 0.3 draws 1.50 of 5 nodes on average, fewer"
                + " than the 2 of minimumReports; expected a rate of at least 0.400, or 7 nodes");
        assertThat(new Poisson(0.4).objection(new Cohort(5, OptionalInt.of(2), 2, Duration.ofMinutes(1)))).get()
                .asString().contains("leave cohort.size out");
    }
}
