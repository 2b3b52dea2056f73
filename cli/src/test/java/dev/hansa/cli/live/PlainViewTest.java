package dev.hansa.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.SampleRun;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlainViewTest {
    private final FakeTerminal terminal = FakeTerminal.unwatched();
    private final RunView view = RunView.on(terminal, SampleRun.spec("Boston housing", 3), () -> Instant.EPOCH);

    @Test
    void writesOneLineARoundWithoutCodes() {
        SampleRun.rounds(3, List.of("alice", "bob")).forEach(round -> {
            view.accept(new RunEvent.RoundStarted(round.round(), 1, new TreeSet<>(List.of("alice", "bob"))));
            view.accept(new RunEvent.ClientAnswered(round.round(), "alice", Phase.FIT, Traffic.NONE));
            view.accept(new RunEvent.RoundCommitted(round));
        });
        view.close();

        assertThat(terminal.raw()).doesNotContain("\033").doesNotContain("\r");
        assertThat(terminal.lines()).hasSize(3);
        assertThat(terminal.lines().getFirst()).isEqualTo(
                "round 1/3  loss 0.5600  held-out RMSE 14.10  2 updates  alice 0.5200  bob 0.6200  6.2 kB  0.1 s");
    }

    @Test
    void tellsWhoTakesNoPartAndHowItEnds() {
        view.accept(new RunEvent.Waiting(2, new TreeSet<>(List.of("alice"))));
        view.accept(new RunEvent.ClientDescribed("alice", 298, 76));
        view.accept(new RunEvent.ClientRefused("bob", "the column RM is missing"));
        view.accept(new RunEvent.RoundAbandoned(1, 2, "got 1 update, needs 2"));
        view.accept(new RunEvent.Stopped(1));

        assertThat(terminal.lines()).containsExactly("waiting for 2 nodes; here: alice",
                "alice takes part: 298 rows to train on, 76 held out", "bob takes no part: the column RM is missing",
                "round 1, attempt 2, was abandoned: got 1 update, needs 2", "stopped by an operator after 1 round");
    }

    @Test
    void ofManyClientsAFewHaveALine() {
        for (int client = 100; client < 150; client++) {
            view.accept(new RunEvent.ClientDescribed("c" + client, 10, client));
            view.accept(new RunEvent.ClientAnswered(0, "c" + client, Phase.DESCRIBE, Traffic.NONE));
        }
        view.accept(new RunEvent.RoundStarted(1, 1, new TreeSet<>(List.of("c100"))));
        view.accept(new RunEvent.RoundStarted(1, 2, new TreeSet<>(List.of("c100"))));

        assertThat(terminal.lines()).hasSize(21).startsWith("c100 takes part: 10 rows to train on, 100 held out")
                .endsWith("c119 takes part: 10 rows to train on, 119 held out",
                        "30 more clients take part: 300 rows to train on, 4035 held out");
    }

    @Test
    void tellsThatNothingCameBeforeItTellsThatItCameTooLate() {
        view.accept(new RunEvent.RoundStarted(1, 1, new TreeSet<>(List.of("alice", "bob", "carol"))));
        view.accept(new RunEvent.ClientLate(1, "bob", Phase.FIT, Duration.ofMillis(100)));
        view.accept(new RunEvent.ClientLate(1, "carol", Phase.FIT, Duration.ofMillis(200)));
        view.accept(new RunEvent.ClientSilent(1, "bob", Phase.FIT));
        view.accept(new RunEvent.ClientLate(1, "bob", Phase.FIT, Duration.ofMillis(3)));
        view.accept(new RunEvent.RoundAbandoned(1, 1, "got 1 update, needs 2"));
        view.accept(new RunEvent.ClientLate(1, "alice", Phase.FIT, Duration.ofMillis(400)));

        assertThat(terminal.lines()).containsExactly("round 1: no update of bob before the round closed",
                "round 1: the update of bob came 0.1 s after the round had closed",
                "round 1: the update of bob came less than 0.1 s after the round had closed",
                "round 1: the update of carol came 0.2 s after the round had closed",
                "round 1, attempt 1, was abandoned: got 1 update, needs 2",
                "round 1: the update of alice came 0.4 s after the round had closed");
    }

    @Test
    void tellsWhichAnswerIsMissing() {
        view.accept(new RunEvent.ClientSilent(0, "bob", Phase.DESCRIBE));
        view.accept(new RunEvent.ClientSilent(1, "bob", Phase.FIT));
        view.accept(new RunEvent.ClientSilent(1, "bob", Phase.EVALUATE));

        assertThat(terminal.lines()).containsExactly("before round 1: no description of bob in time",
                "round 1: no update of bob before the round closed",
                "round 1: no evaluation of bob before the round closed");
    }

    @Test
    void bytesOfARoundAreAllThatItMoved() {
        RoundRecord round = SampleRun.rounds(1, List.of("alice")).getFirst();
        view.accept(new RunEvent.RoundEvaluated(round));
        assertThat(terminal.lines()).containsExactly("round 1 is measured:  held-out RMSE 14.10  "
                + Format.bytes(round.traffic()));
    }

    @Test
    void tellsOfPartialUpdatesAndOfAnswersThatCameTooLate() {
        RoundRecord round = SampleRun.rounds(1, List.of("alice", "bob")).getFirst();
        TreeMap<String, ClientRound> parts = new TreeMap<>(round.clients());
        parts.computeIfPresent("bob", (name, part) -> new ClientRound(part.training(), part.evaluation(),
                part.traffic(), OptionalDouble.of(0.4)));
        view.accept(new RunEvent.RoundCommitted(
                new RoundRecord(1, round.training(), round.evaluation(), parts, round.duration())));
        view.accept(new RunEvent.ClientLate(1, "carol", Phase.FIT, Duration.ofMillis(12_300)));

        assertThat(terminal.lines().getFirst()).contains("  2 updates, 1 partial  alice");
        assertThat(terminal.lines().getLast())
                .isEqualTo("round 1: the update of carol came 12.3 s after the round had closed");
    }

    @Test
    void aRoundTellsHowManyUpdatesWereDiscarded() {
        view.accept(new RunEvent.RoundCommitted(SampleRun.discarded(
                SampleRun.rounds(1, List.of("alice", "bob")).getFirst(), "carol", "it is not finite")));

        assertThat(terminal.lines().getLast()).contains("  2 updates, 1 discarded  alice");
    }
}
