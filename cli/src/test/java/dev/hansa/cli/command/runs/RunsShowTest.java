package dev.hansa.cli.command.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.SampleRun;
import dev.hansa.cli.live.Format;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.model.Metrics;
import dev.hansa.server.api.PrivacyView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunsShowTest {
    @Test
    void theNumberOfUpdatesTellsHowManyWerePartial() {
        RoundRecord round = SampleRun.rounds(1, List.of("alice", "bob")).getFirst();
        TreeMap<String, ClientRound> parts = new TreeMap<>(round.clients());
        parts.computeIfPresent("bob", (name, part) -> new ClientRound(part.training(), part.evaluation(),
                part.traffic(), OptionalDouble.of(0.4)));

        assertThat(RunsShow.rounds(List.of(round)).getLast()).startsWith("1      2  ");
        assertThat(RunsShow.rounds(
                List.of(new RoundRecord(1, round.training(), round.evaluation(), parts, round.duration()))).getLast())
                .startsWith("1      2, 1 partial  ");
    }

    @Test
    void discardedUpdatesAreCountedAndTheLastNamed() {
        List<RoundRecord> rounds = SampleRun.rounds(7, List.of("alice", "bob")).stream()
                .map(round -> SampleRun.discarded(round, "carol", "it is not finite")).toList();

        assertThat(RunsShow.discarded(SampleRun.rounds(1, List.of("alice")))).isEmpty();
        assertThat(RunsShow.discarded(rounds)).hasSize(6).startsWith(
                "discarded  7 updates could not be counted; the last:",
                "           carol, round 3: it is not finite")
                .endsWith("           carol, round 7: it is not finite");
        assertThat(RunsShow.rounds(rounds).getLast()).startsWith("7      2, 1 discarded  ");
    }

    @Test
    void lateAnswersAreCountedAndTheLastNamed() {
        List<RunEvent.ClientLate> late = IntStream.rangeClosed(1, 7).mapToObj(
                round -> new RunEvent.ClientLate(round, "bob", RunEvent.Phase.FIT, Duration.ofMillis(100L * round)))
                .toList();

        assertThat(RunsShow.late(List.of())).isEmpty();
        assertThat(RunsShow.late(late.subList(0, 1))).containsExactly(
                "late       1 answer came after the round had closed; the last:",
                "           bob, round 1: its update by 0.1 s");
        assertThat(RunsShow.late(late)).hasSize(6).startsWith(
                "late       7 answers came after the round had closed; the last:",
                "           bob, round 3: its update by 0.3 s")
                .endsWith("           bob, round 7: its update by 0.7 s");
    }

    @Test
    void whatIsPromisedIsTold() {
        assertThat(RunsShow.privacy(new PrivacyView("central", "add or remove one participant", 1.23451, 1e-5,
                Optional.of(4.0)))).isEqualTo(
                        "epsilon 1.235 of 4 with delta 1e-5, central; add or remove one participant");
    }

    @Test
    void whoTrainedWhichModelIsTold() {
        RoundRecord round = SampleRun.rounds(1, List.of("alice", "bob", "carol")).getFirst();
        TreeMap<String, ClientRound> parts = new TreeMap<>();
        round.clients().forEach((name, part) -> parts.put(name, new ClientRound(part.training(), part.evaluation(),
                part.traffic(), part.partial(), part.rows(), OptionalInt.of(name.equals("bob") ? 2 : 1))));

        assertThat(RunsShow.clusters(List.of(round))).isEmpty();
        assertThat(RunsShow.clusters(
                List.of(new RoundRecord(1, round.training(), round.evaluation(), parts, round.duration()))))
                .containsExactly("cluster 1  alice, carol", "cluster 2  bob");
    }

    @Test
    void eachNodesOwnModelStandsBesideTheSharedOne() {
        Metrics shared = SampleRun.rounds(1, List.of("alice")).getFirst().evaluation();
        Metrics own = SampleRun.rounds(9, List.of("alice")).getLast().evaluation();
        List<String> lines = PersonalTable.of(new TreeMap<>(Map.of("alice", new Closing.Personal(shared, own), "bob",
                new Closing.Personal(Metrics.NONE, own))));

        assertThat(PersonalTable.of(new TreeMap<>())).isEmpty();
        assertThat(lines.getFirst()).isEqualTo("HELD-OUT RMSE  SHARED MODEL  OWN MODEL  GAIN");
        assertThat(lines.get(1)).startsWith("alice");
        double gain = shared.get(Metrics.RMSE).orElseThrow() - own.get(Metrics.RMSE).orElseThrow();
        assertThat(lines.get(1)).as("less error is a gain").endsWith(Format.number(gain));
        assertThat(lines.get(2)).startsWith("bob").endsWith("–");
    }
}
