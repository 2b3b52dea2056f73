package dev.hansa.core.coordinator.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.Draw;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.model.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CyclicTest {
    private static final SortedSet<String> THREE = Draws.ids("a", "b", "c");

    private static SortedSet<String> next(SortedSet<String> available, int attempt, List<RoundRecord> history) {
        return new Cyclic().select(new Draw(new Seed(history.size()), attempt, available, OptionalInt.empty(), 1,
                new TreeMap<>(), history));
    }

    @Test
    void clientsTakeTurnsInTheOrderOfTheirIds() {
        List<RoundRecord> history = new ArrayList<>();
        List<String> turns = new ArrayList<>();
        for (int round = 1; round <= 7; round++) {
            String client = next(THREE, 1, history).iterator().next();
            turns.add(client);
            history.add(Draws.round(round, Map.of(client, 1.0)));
        }

        assertThat(turns).containsExactly("a", "b", "c", "a", "b", "c", "a");
    }

    @Test
    void whoDoesNotAnswerOrIsGoneIsPassedOver() {
        List<RoundRecord> afterA = List.of(Draws.round(1, Map.of("a", 1.0)));
        assertThat(next(THREE, 2, afterA)).containsExactly("c");
        assertThat(next(THREE, 3, afterA)).containsExactly("a");
        assertThat(next(THREE, 4, afterA)).containsExactly("b");
        assertThat(next(Draws.ids("a", "aa", "c"), 1, afterA)).as("one who came later").containsExactly("aa");
        assertThat(next(Draws.ids("a"), 1, afterA)).containsExactly("a");
    }

    @Test
    void moreThanOneUpdateARoundIsRefused() {
        Duration deadline = Duration.ofMinutes(1);
        assertThat(new Cyclic().objection(new Cohort(3, OptionalInt.empty(), 1, deadline))).isEmpty();
        assertThat(new Cyclic().objection(new Cohort(3, OptionalInt.of(1), 1, deadline))).isEmpty();
        assertThat(new Cyclic().objection(new Cohort(3, OptionalInt.empty(), 2, deadline))).get().asString()
                .contains("expected minimumReports: 1");
        assertThat(new Cyclic().objection(new Cohort(3, OptionalInt.of(2), 1, deadline))).get().asString()
                .contains("leave cohort.size and overSelection out");
    }
}
