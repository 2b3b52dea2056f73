package dev.hansa.core.coordinator.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.coordinator.fairness.Participation.Part;
import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ParticipationTest {

    private static RoundRecord round(List<String> asked, Map<String, Double> rows) {
        SortedMap<String, ClientRound> clients = new TreeMap<>();
        rows.forEach((client, examples) -> clients.put(client, new ClientRound(
                examples == 0 ? Metrics.NONE : new Metrics(new TreeMap<>(Map.of(Metrics.EXAMPLES, examples))),
                Metrics.NONE, Traffic.NONE)));
        return new RoundRecord(1, Metrics.NONE, Metrics.NONE, clients, Duration.ZERO, Collections.emptySortedMap(),
                new TreeSet<>(asked));
    }

    @Test
    void whoTookPartHowOftenIsCounted() {
        Participation shared = Participation.of(List.of(
                round(List.of("a", "b", "c"), Map.of("a", 30.0, "b", 10.0, "d", 0.0)),
                round(List.of("a", "c"), Map.of("a", 30.0, "c", 20.0, "d", 0.0)),
                round(List.of("a"), Map.of("a", 30.0))));

        assertThat(shared.clients()).isEqualTo(Map.of(
                "a", new Part(OptionalLong.of(3), 3, 3 / 5.0, 90 / 120.0),
                "b", new Part(OptionalLong.of(1), 1, 1 / 5.0, 10 / 120.0),
                "c", new Part(OptionalLong.of(2), 1, 1 / 5.0, 20 / 120.0),
                "d", new Part(OptionalLong.of(0), 0, 0, 0)));
        assertThat(shared.evenness(Part::updates)).as("(3+1+1+0)² / (4 (9+1+1))").isCloseTo(25 / 44.0, within(1e-15));
        assertThat(shared.evenness(Part::examples)).as("(90+10+20)² / (4 (8100+100+400))")
                .isCloseTo(14_400 / 34_400.0, within(1e-15));
    }

    @Test
    void examplesAreTheRowsBehindAnUpdateAndNotThoseThatItsLastEpochMet() {
        Metrics met = new Metrics(new TreeMap<>(Map.of(Metrics.EXAMPLES, 32.0)));
        SortedMap<String, ClientRound> clients = new TreeMap<>();
        clients.put("large", new ClientRound(met, Metrics.NONE, Traffic.NONE, OptionalDouble.empty(),
                OptionalDouble.of(900)));
        clients.put("silent", new ClientRound(Metrics.NONE, Metrics.NONE, Traffic.NONE, OptionalDouble.empty(),
                OptionalDouble.of(100)));
        RoundRecord round = new RoundRecord(1, met, Metrics.NONE, clients, Duration.ZERO, Collections.emptySortedMap(),
                new TreeSet<>(clients.keySet()));

        assertThat(round.counted()).as("also who tells nothing of its training").containsExactly("large", "silent");
        assertThat(Participation.of(List.of(round)).clients()).isEqualTo(Map.of(
                "large", new Part(OptionalLong.of(1), 1, 0.5, 0.9),
                "silent", new Part(OptionalLong.of(1), 1, 0.5, 0.1)));
    }

    @Test
    void howFarBehindUpdatesWereIsTheMeanOfThoseThatWereCounted() {
        Participation shared = Participation.of(List.of(behind(1, "a", 3), behind(2, "b", 0), behind(3, "a", 1)));

        assertThat(shared.clients()).hasEntrySatisfying("a", part -> assertThat(part.staleness()).isEqualTo(2))
                .hasEntrySatisfying("b", part -> assertThat(part.staleness()).isZero());
        assertThat(shared.anyStale()).isTrue();
        assertThat(Participation.of(List.of(behind(1, "a", 0))).anyStale()).isFalse();
    }

    @Test
    void aStepBeforeWhichNobodyWasAskedIsNoRecordThatDoesNotTell() {
        RoundRecord first = round(List.of("a", "b"), Map.of("a", 5.0));

        assertThat(Participation.of(List.of(first, behind(2, "b", 1))).clients().values())
                .as("b was asked before the step of a").extracting(Part::asked).containsOnly(OptionalLong.of(1));
        assertThat(Participation.of(List.of(first, behind(2, "b", 0))).clients().values())
                .as("somebody was, but it was not kept").extracting(Part::asked).containsOnly(OptionalLong.empty());
    }

    private static RoundRecord behind(int number, String client, int steps) {
        Metrics training = new Metrics(new TreeMap<>(Map.of(Metrics.EXAMPLES, 5.0)));
        return new RoundRecord(number, training, Metrics.NONE, new TreeMap<>(Map.of(client, new ClientRound(training,
                Metrics.NONE, Traffic.NONE, OptionalDouble.empty(), OptionalDouble.of(5), OptionalInt.empty(), steps))),
                Duration.ZERO);
    }

    @Test
    void evennessGoesFromOneInNToOne() {
        assertThat(Participation.of(List.of(round(List.of("a", "b"), Map.of("a", 1.0, "b", 0.0))))
                .evenness(Part::updates)).isEqualTo(0.5);
        assertThat(Participation.of(List.of(round(List.of("a", "b"), Map.of("a", 1.0, "b", 1.0))))
                .evenness(Part::updates)).isEqualTo(1);
        assertThat(Participation.of(List.of()).evenness(Part::updates)).isEqualTo(1);
    }

    @Test
    void recordsThatDoNotTellWhoWasAskedLeaveThatOpen() {
        Participation shared = Participation.of(List.of(round(List.of("a"), Map.of("a", 1.0)),
                round(List.of(), Map.of("a", 1.0))));

        assertThat(shared.clients().get("a")).isEqualTo(new Part(OptionalLong.empty(), 2, 1, 1));
    }
}
