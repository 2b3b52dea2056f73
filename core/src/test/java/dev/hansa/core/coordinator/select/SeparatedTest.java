package dev.hansa.core.coordinator.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.model.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeparatedTest {
    private static final SortedSet<String> TWELVE = new TreeSet<>(
            IntStream.range(0, 12).mapToObj(i -> "client-" + (char) ('a' + i)).toList());

    /** Over 40 rounds of federations of any make, some of whose nodes are away. */
    @Test
    void nobodyTakesPartBeforeItHasRestedUnlessTooFewHave() {
        int filledUp = 0;
        int kept = 0;
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new Seed(seed).random();
            int rest = 1 + random.nextInt(4);
            int minimum = 1 + random.nextInt(3);
            int size = minimum + random.nextInt(3);
            CohortSelector choice = List.of(new Uniform(), new BySize(), new PowerOfChoice(size + 2))
                    .get(random.nextInt(3));
            List<RoundRecord> history = new ArrayList<>();
            Map<String, Integer> last = new HashMap<>();
            for (int round = 1; round <= 40; round++) {
                SortedSet<String> available = new TreeSet<>(TWELVE);
                available.removeIf(client -> random.nextInt(4) == 0);
                while (available.size() < minimum) {
                    available.add("client-" + (char) ('a' + random.nextInt(12)));
                }
                int now = round;
                SortedSet<String> rested = new TreeSet<>(available);
                rested.removeIf(client -> now - last.getOrDefault(client, -99) <= rest);

                SortedSet<String> chosen = new Separated(choice, rest)
                        .select(Draws.of(random.nextLong(), size, minimum, available, history));

                if (rested.size() >= minimum) {
                    assertThat(chosen).isSubsetOf(rested).hasSize(Math.min(size, rested.size()));
                    kept++;
                } else {
                    assertThat(chosen).containsAll(rested).hasSize(minimum).isSubsetOf(available);
                    SortedSet<String> tired = new TreeSet<>(chosen);
                    tired.removeAll(rested);
                    available.removeAll(chosen);
                    tired.forEach(in -> available.forEach(out -> assertThat(last.get(in)).as("who rested longer")
                            .isLessThanOrEqualTo(last.get(out))));
                    filledUp++;
                }
                Map<String, Double> losses = new TreeMap<>();
                chosen.forEach(client -> losses.put(client, random.nextDouble()));
                chosen.forEach(client -> last.put(client, now));
                history.add(Draws.round(round, losses));
            }
        }
        assertThat(filledUp).as("both happen").isGreaterThan(500);
        assertThat(kept).isGreaterThan(5000);
    }

    @Test
    void thoseWhoRestedLongestFillUpWhatTheRoundNeeds() {
        List<RoundRecord> history = List.of(Draws.round(1, Map.of("c", 1.0)), Draws.round(2, Map.of("a", 1.0)),
                Draws.round(3, Map.of("b", 1.0)));
        Separated separated = new Separated(new Uniform(), 5);

        assertThat(separated.select(Draws.of(1, 3, 2, Draws.ids("a", "b", "c"), history))).containsExactly("a", "c");
        assertThat(separated.select(Draws.of(1, 3, 2, Draws.ids("a", "b", "c", "d"), history)))
                .containsExactly("c", "d");
    }

    @Test
    void aSeparationThatCannotBeKeptIsRefusedWithOneThatCan() {
        Duration deadline = Duration.ofMinutes(1);
        Separated two = new Separated(new Uniform(), 2);
        assertThat(two.objection(new Cohort(9, OptionalInt.of(3), 2, deadline))).isEmpty();
        assertThat(two.objection(new Cohort(8, OptionalInt.of(3), 2, deadline))).get().asString()
                .endsWith("takes 9 nodes, and cohort.nodes is 8; expected nodes: 9, or separation: 1");
        assertThat(two.objection(new Cohort(5, OptionalInt.of(3), 2, deadline))).get().asString()
                .endsWith("expected nodes: 9, or no separation");
        assertThat(two.objection(new Cohort(9, OptionalInt.empty(), 2, deadline))).get().asString()
                .endsWith("set cohort.size to at most 3");
        assertThat(two.objection(new Cohort(5, OptionalInt.empty(), 2, deadline))).get().asString()
                .endsWith("with cohort.size: 2 it takes 6 nodes");
        assertThat(new Separated(new Poisson(0.5), 2).objection(new Cohort(9, OptionalInt.of(3), 2, deadline)))
                .isPresent();
        assertThat(new Separated(new PowerOfChoice(3), 2).objection(new Cohort(9, OptionalInt.of(3), 2, deadline)))
                .get().asString().contains("at least 4 candidates");
        assertThatIllegalArgumentException().isThrownBy(() -> new Separated(new Uniform(), 0));
    }
}
