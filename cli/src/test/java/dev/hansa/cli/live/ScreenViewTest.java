package dev.hansa.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.PrivateRun;
import dev.hansa.cli.SampleRun;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScreenViewTest {
    private Instant now = Instant.EPOCH;

    private ScreenView view(FakeTerminal terminal, int rounds) {
        return new ScreenView(terminal, SampleRun.spec("Boston housing", rounds), () -> now);
    }

    private static void commit(RunView view, int rounds, String... nodes) {
        SampleRun.rounds(rounds, List.of(nodes)).forEach(round -> {
            view.accept(new RunEvent.RoundStarted(round.round(), 1, new TreeSet<>(List.of(nodes))));
            view.accept(new RunEvent.RoundCommitted(round));
        });
    }

    @Test
    void showsRoundLossMetricAndEachNode() {
        FakeTerminal terminal = FakeTerminal.watched(100);
        ScreenView view = view(terminal, 4);
        commit(view, 2, "alice", "bob");
        view.accept(new RunEvent.RoundStarted(3, 1, new TreeSet<>(List.of("alice", "bob"))));
        view.accept(new RunEvent.ClientAnswered(3, "alice", Phase.FIT, new Traffic(1000, 500)));
        now = now.plusSeconds(83);
        view.tick();

        assertThat(terminal.lines()).hasSize(6);
        assertThat(terminal.lines().get(0)).startsWith("Boston housing  round 2/4  ━━━").endsWith("1:23");
        assertThat(terminal.lines().get(1)).startsWith("  training loss   0.4035    █▁");
        assertThat(terminal.lines().get(2)).startsWith("  held-out RMSE   9.886     █▁");
        assertThat(terminal.lines().get(3)).startsWith("  alice  ✓ answered").contains("loss 0.3771")
                .endsWith("1.5 kB");
        assertThat(terminal.lines().get(4)).startsWith("  bob    … training").contains("RMSE 10.23");
        assertThat(terminal.lines().get(5)).isEqualTo("round 3 · 1.5 kB moved");
    }

    @Test
    void tellsHowLongItWillStillTakeUnlessItIsOver() {
        FakeTerminal terminal = FakeTerminal.watched(100);
        ScreenView view = view(terminal, 4);
        commit(view, 1, "alice");
        now = now.plusSeconds(20);
        view.tick();
        assertThat(terminal.lines().getFirst()).startsWith("Boston housing  round 1/4").endsWith("1:00 left  0:20");
        view.accept(new RunEvent.Finished(1, "the target is reached"));
        view.tick();
        assertThat(terminal.lines().getFirst()).doesNotContain("left").endsWith("0:20");
    }

    @Test
    void aBudgetThatEndsTheRunIsItsEnd() {
        RunSpec spec = PrivateRun.spec("{type: local, clip: 1, noise: 20, epsilon: 1, delta: 1e-5}");
        FakeTerminal terminal = FakeTerminal.watched(100);
        ScreenView view = new ScreenView(terminal, spec, () -> now);
        commit(view, 1, "alice");
        view.tick();
        assertThat(spec.lastRound()).isLessThan(spec.rounds());
        assertThat(terminal.lines().getFirst()).startsWith("private  round 1/" + spec.lastRound() + "  ");
    }

    @Test
    void ofARunAmongOthersItShowsHowFarAllAre() {
        FakeTerminal terminal = FakeTerminal.watched(140);
        ScreenView view = new ScreenView(terminal, SampleRun.spec("Boston housing", 4), () -> now,
                Optional.of(new Overall("training.rate=0.1, seed 8", 5, 8, 4, 1, Duration.ofSeconds(30),
                        Optional.of("training.rate=0.2, 4.100 ± 0.200"), new Troubles())));
        commit(view, 2, "alice");
        now = now.plusSeconds(15);
        view.tick();
        assertThat(terminal.lines().get(0)).startsWith("run 5/8  ━━━")
                .as("1.5 runs in 45 s, 3.5 to go").contains("  1:45 left  training.rate=0.1, seed 8")
                .endsWith("best so far: training.rate=0.2, 4.100 ± 0.200");
        assertThat(terminal.lines().get(1)).startsWith("Boston housing  round 2/4");
    }

    @Test
    void redrawsInPlaceAndLeavesTheCursorVisibleBelow() {
        FakeTerminal terminal = FakeTerminal.watched(100);
        ScreenView view = view(terminal, 50);
        terminal.print("$ hansa run\r\n");
        for (int i = 0; i < 20; i++) {
            view.tick();
        }
        assertThat(terminal.cursorVisible()).isFalse();
        commit(view, 50, "alice", "bob");
        view.accept(new RunEvent.Finished(50, "all 50 rounds are done"));
        view.close();
        view.close();
        view.tick();

        assertThat(terminal.cursorVisible()).isTrue();
        assertThat(terminal.lines()).hasSize(7);
        assertThat(terminal.lines().getFirst()).isEqualTo("$ hansa run");
        assertThat(terminal.lines().getLast()).isEqualTo("finished: all 50 rounds are done");
    }

    @Test
    void whatAPersonMustReadScrollsAwayAboveTheBlock() {
        FakeTerminal terminal = FakeTerminal.watched(60);
        ScreenView view = view(terminal, 5);
        view.tick();
        view.accept(new RunEvent.ClientRefused("bob", "the column RM is missing"));
        view.tick();
        view.say("the run is called r-17");
        view.tick();

        assertThat(terminal.lines().subList(0, 2)).containsExactly("bob takes no part: the column RM is missing",
                "the run is called r-17");
        assertThat(terminal.lines().get(2)).startsWith("Boston housing");
        assertThat(terminal.lines().get(3)).startsWith("  bob  ✗ refused");
    }

    @Test
    void neverWritesWiderThanTheTerminal() {
        for (int width = 2; width < 130; width++) {
            int columns = width;
            FakeTerminal terminal = FakeTerminal.watched(columns);
            ScreenView view = view(terminal, 3);
            commit(view, 3, "a-node-with-a-name-that-is-far-too-long-for-one-line", "b");
            view.tick();
            assertThat(terminal.lines()).hasSizeBetween(6, 8)
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
        }
    }

    @Test
    void aNarrowTerminalShowsFewerColumnsAndNoneInPart() {
        assertThat(narrow(60)).containsExactly("Boston housing  round 2/4  ━━━━━━━━━━━━━━━━──────────  0:00",
                "  training loss   0.4035    █▁", "  held-out RMSE   9.886     █▁",
                "  alice  ✓ answered   loss 0.3771   RMSE 9.656    1.5 kB",
                "  bob    … training   loss 0.4431   RMSE 10.23",
                "round 3 · 1.5 kB moved");
        assertThat(narrow(40)).containsExactly("Boston housing  round 2/4  ━━━━──  0:00",
                "  training loss   0.4035    █▁", "  held-out RMSE   9.886     █▁",
                "  alice  ✓ answered   RMSE 9.656", "  bob    … training   RMSE 10.23", "round 3 · 1.5 kB moved");
        assertThat(narrow(24)).contains("Bosto…  round 2/4  0:00", "  training loss  0.4035", "  alice  ✓ answered",
                "  bob    … training",
                "round 3 · 1.5 kB moved");
    }

    private List<String> narrow(int columns) {
        FakeTerminal terminal = FakeTerminal.watched(columns);
        ScreenView view = view(terminal, 4);
        commit(view, 2, "alice", "bob");
        view.accept(new RunEvent.RoundStarted(3, 1, new TreeSet<>(List.of("alice", "bob"))));
        view.accept(new RunEvent.ClientAnswered(3, "alice", Phase.FIT, new Traffic(1000, 500)));
        view.tick();
        return terminal.lines();
    }

    @Test
    void aNodeThatWasAskedAndIsNotHeardOfIsSilent() {
        FakeTerminal terminal = FakeTerminal.watched(80);
        ScreenView view = view(terminal, 4);
        TreeSet<String> both = new TreeSet<>(List.of("alice", "bob"));
        view.accept(new RunEvent.RoundStarted(1, 1, both));
        view.accept(new RunEvent.Waiting(2, new TreeSet<>(List.of("alice")), "bob, not heard of since noon"));
        view.tick();
        assertThat(terminal.lines()).contains("  alice  … training", "  bob    ✗ silent",
                "waiting for bob, not heard of since noon");
    }

    @Test
    void anAnswerThatIsToldAgainCountsOnce() {
        assertThat(afterAnswers(3)).isEqualTo(afterAnswers(1));
    }

    private List<String> afterAnswers(int times) {
        FakeTerminal terminal = FakeTerminal.watched(80);
        ScreenView view = view(terminal, 1);
        view.accept(new RunEvent.RoundStarted(1, 1, new TreeSet<>(List.of("alice", "bob"))));
        for (int i = 0; i < times; i++) {
            view.accept(new RunEvent.ClientAnswered(1, "alice", Phase.FIT, Traffic.NONE));
        }
        view.tick();
        return terminal.lines();
    }

    @Test
    void whatDoesNotFitOnTheLastLineIsFolded() {
        FakeTerminal terminal = FakeTerminal.watched(40);
        ScreenView view = view(terminal, 4);
        view.accept(
                new RunEvent.Failed("round 1 did not get the 2 updates of cohort.minimumReports, 10 times in a row"));
        view.tick();
        assertThat(terminal.lines()).containsExactly("Boston housing  round 0/4  ──────  0:00",
                "failed: round 1 did not get the 2", "  updates of cohort.minimumReports, 10", "  times in a row");
    }

    @Test
    void staysInPlaceWhenTheWindowBecomesNarrower() {
        FakeTerminal terminal = FakeTerminal.watched(100);
        ScreenView view = view(terminal, 4);
        commit(view, 2, "alice", "bob");
        terminal.print("above\r\n");
        view.tick();
        terminal.shrink(30);
        view.tick();

        assertThat(terminal.lines()).hasSize(7);
        assertThat(terminal.lines().getFirst()).isEqualTo("above");
    }

    @Test
    void fitsTheHeightOfTheTerminal() {
        FakeTerminal terminal = FakeTerminal.watched(80);
        terminal.rows(12);
        ScreenView view = view(terminal, 3);
        commit(view, 3, IntStream.range(0, 40).mapToObj(i -> "node-" + i).toArray(String[]::new));
        view.tick();

        assertThat(terminal.lines()).hasSizeLessThan(12).contains("  and 34 more nodes");
    }

    @Test
    void namesFromOtherMachinesCannotSteerTheTerminal() {
        FakeTerminal terminal = FakeTerminal.watched(80);
        ScreenView view = view(terminal, 3);
        view.accept(new RunEvent.ClientRefused("\033[2Jbob\007", "no\r\n\033]0;title\007"));
        view.tick();

        assertThat(terminal.raw()).doesNotContain("\033[2J", "\033]0", "\007");
        assertThat(terminal.lines().getFirst()).isEqualTo("?[2Jbob? takes no part: no???]0;title?");
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        FakeTerminal plain = FakeTerminal.watched(80);
        FakeTerminal coloured = FakeTerminal.coloured(80);
        for (FakeTerminal terminal : List.of(plain, coloured)) {
            ScreenView view = view(terminal, 3);
            commit(view, 1, "alice");
            view.tick();
        }
        assertThat(coloured.raw()).contains("\033[1mBoston housing\033[0m");
        assertThat(plain.raw()).doesNotContainPattern("\\033\\[[0-9;]*m");
        assertThat(plain.lines()).isEqualTo(coloured.lines());
    }

    @Test
    void withoutUnicodeItDrawsInAscii() {
        FakeTerminal terminal = FakeTerminal.ascii(80);
        ScreenView view = view(terminal, 3);
        commit(view, 3, "alice");
        view.accept(new RunEvent.Failed("no nodes"));
        view.close();

        assertThat(terminal.raw().chars()).allMatch(c -> c < 128);
    }
}
