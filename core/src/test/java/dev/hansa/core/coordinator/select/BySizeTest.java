package dev.hansa.core.coordinator.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.Draw;
import dev.hansa.core.model.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BySizeTest {
    private static final int DRAWS = 20_000;
    private static final Map<String, Long> ROWS = Map.of("a", 10L, "b", 20L, "c", 30L, "d", 40L);

    @Test
    void oneIsChosenInProportionToItsRows() {
        Map<String, Integer> counts = Draws.inclusions(new BySize(), DRAWS, 1, ROWS);

        double chiSquare = ROWS.entrySet().stream().mapToDouble(entry -> {
            double expected = DRAWS * entry.getValue() / 100.0;
            return Math.pow(counts.get(entry.getKey()) - expected, 2) / expected;
        }).sum();
        assertThat(chiSquare).as("3 degrees of freedom: more than 33 in one of 10^6 seeds").isLessThan(33);
    }

    /** By hand: i is drawn first with p_i, or second after j with p_j p_i / (1 - p_j). */
    @Test
    void theSecondIsChosenInProportionAmongThoseThatAreLeft() {
        Map<String, Double> expected = Map.of("a", 0.1 + 0.1 * (0.2 / 0.8 + 0.3 / 0.7 + 0.4 / 0.6),
                "b", 0.2 + 0.2 * (0.1 / 0.9 + 0.3 / 0.7 + 0.4 / 0.6),
                "c", 0.3 + 0.3 * (0.1 / 0.9 + 0.2 / 0.8 + 0.4 / 0.6),
                "d", 0.4 + 0.4 * (0.1 / 0.9 + 0.2 / 0.8 + 0.3 / 0.7));
        Map<String, Integer> counts = Draws.inclusions(new BySize(), DRAWS, 2, ROWS);

        // a deviation of 0.0035 at most: six of them are missed in one of 10^8 seeds
        expected.forEach((client, probability) -> assertThat(counts.get(client) / (double) DRAWS).as(client)
                .isCloseTo(probability, within(0.021)));
        assertThat(expected.values().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(2, within(1e-12));
    }

    @Test
    void whoCameLaterCountsLikeTheOthersOnAverage() {
        Draw draw = new Draw(new Seed(1), 1, Draws.ids("a", "b", "new"), OptionalInt.of(1), 1,
                new TreeMap<>(Map.of("a", 10L, "b", 30L)), List.of());
        assertThat(draw.rowsOf("b")).isEqualTo(30);
        assertThat(draw.rowsOf("new")).isEqualTo(20);
        assertThat(Draws.of(1, 1, 1, Draws.ids("a"), List.of()).rowsOf("a")).as("nobody told").isEqualTo(1);
    }

    @Test
    void allAreChosenIfThereAreNoMoreAndASizeIsNeeded() {
        assertThat(new BySize().select(Draws.of(1, 9, ROWS))).isEqualTo(ROWS.keySet());
        assertThat(new BySize().objection(new Cohort(4, OptionalInt.of(2), 2, Duration.ofMinutes(1)))).isEmpty();
        assertThat(new BySize().objection(new Cohort(4, OptionalInt.empty(), 2, Duration.ofMinutes(1)))).get()
                .asString().contains("set cohort.size");
    }
}
