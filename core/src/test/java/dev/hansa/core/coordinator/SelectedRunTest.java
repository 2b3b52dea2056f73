package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.FederationException;
import dev.hansa.core.coordinator.select.BySize;
import dev.hansa.core.coordinator.select.Cyclic;
import dev.hansa.core.coordinator.select.Poisson;
import dev.hansa.core.coordinator.select.PowerOfChoice;
import dev.hansa.core.coordinator.select.Separated;
import dev.hansa.core.data.ColumnStatistics;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs whose cohorts are chosen in other ways than the usual one. */
class SelectedRunTest extends RunLoopFixture {
    private static final int ROUNDS = 12;

    private static RunSpec spec(CohortSelector selector) {
        RunSpec plain = spec(ROUNDS, 6, 2);
        boolean sized = !(selector instanceof Poisson) && !(selector instanceof Cyclic);
        Cohort cohort = new Cohort(6, sized ? OptionalInt.of(2) : OptionalInt.empty(),
                selector instanceof Cyclic ? 1 : 2, 1, Duration.ofSeconds(1), false, selector);
        return new RunSpec(plain.name(), plain.purpose(), plain.data(), plain.model(), plain.strategy(), ROUNDS,
                cohort, 0, plain.stop(), plain.seed());
    }

    private static CohortSelector selector(String name) {
        return switch (name) {
            case "uniform" -> new Uniform();
            case "poisson" -> new Poisson(0.4);
            case "size" -> new BySize();
            case "powerOfChoice" -> new PowerOfChoice(4);
            case "separated" -> new Separated(new BySize(), 2);
            default -> new Cyclic();
        };
    }

    private static ScriptedFleet six() {
        return new ScriptedFleet().with("a", "b", "c", "d", "e", "f");
    }

    private static List<SortedSet<String>> asked(Checkpoint end) {
        return end.history().stream().map(RoundRecord::asked).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uniform", "poisson", "size", "powerOfChoice", "separated", "cyclic"})
    void aRunThatIsKilledAfterEachRoundDrawsTheSameCohorts(String name) throws InterruptedException {
        RunSpec spec = spec(selector(name));
        run(spec, six());
        List<SortedSet<String>> undisturbed = asked(end());

        MemoryStore other = new MemoryStore(event -> {});
        for (int lives = 0; other.latest("other").map(Checkpoint::history).orElse(List.of()).size() < ROUNDS; lives++) {
            assertThat(lives).isLessThanOrEqualTo(ROUNDS + 1);
            try {
                new RunLoop("other", spec, six(), new DyingStore(other), Clock.systemUTC()).run();
            } catch (FederationException killed) {
                assertThat(killed).hasMessage("killed");
            }
        }

        assertThat(asked(other.latest("other").orElseThrow())).isEqualTo(undisturbed).hasSize(ROUNDS);
        assertThat(Set.copyOf(undisturbed)).as("not always the same").hasSizeGreaterThan(1);
    }

    @Test
    void drawsThatAreTooSmallAreToldOfAndNobodyIsAsked() throws InterruptedException {
        RunSpec spec = spec(new Poisson(0.4));
        run(spec, six());

        List<RunEvent.RoundAbandoned> small = events(RunEvent.RoundAbandoned.class);
        assertThat(small).as("of 12 rounds about one in four").isNotEmpty()
                .extracting(RunEvent.RoundAbandoned::reason)
                .allMatch(
                        reason -> reason.equals("drew 1 client, needs 2") || reason.equals("drew 0 clients, needs 2"));
        assertThat(events(RunEvent.RoundStarted.class)).as("no attempt is used up").hasSize(ROUNDS)
                .allMatch(started -> started.attempt() == 1 && started.cohort().size() >= 2);
        small.forEach(told -> {
            SortedSet<String> first = new Poisson(0.4).select(draw(spec, told.round()));
            assertThat(first).as("the first draw of the round").hasSizeLessThan(2);
        });
    }

    private Draw draw(RunSpec spec, int round) {
        return new Draw(spec.seed().derive("cohort").derive(round).derive(1), 1, six().available(),
                OptionalInt.empty(), 2, end().rows(), end().history().subList(0, round - 1));
    }

    @Test
    void drawsThatAreAlwaysTooSmallEndTheRun() throws InterruptedException {
        CohortSelector nobody = draw -> draw.history().size() < 2 ? draw.available() : new TreeSet<>();
        RunEvent end = run(with(spec(new BySize()), nobody), six());

        assertThat(((RunEvent.Failed) end).reason()).startsWith("round 3 was drawn 1000 times in a row, each time with"
                + " fewer than the 2 clients of cohort.minimumReports");
        assertThat(end().history()).hasSize(2);
    }

    @Test
    void aRunThatIsToStopDrawsNoMore() throws InterruptedException {
        List<RunLoop> stopped = new ArrayList<>();
        CohortSelector nobody = draw -> {
            stopped.get(0).stop();
            return new TreeSet<>();
        };
        stopped.add(loop(with(spec(new BySize()), nobody), six()));

        assertThat(stopped.get(0).run()).isEqualTo(new RunEvent.Stopped(0));
        assertThat(events(RunEvent.RoundAbandoned.class)).hasSize(1);
    }

    @Test
    void aRunThatIsInterruptedDrawsNoMore() {
        CohortSelector nobody = draw -> {
            Thread.currentThread().interrupt();
            return new TreeSet<>();
        };

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> loop(with(spec(new BySize()), nobody), six()).run());
        assertThat(events(RunEvent.RoundAbandoned.class)).hasSize(1);
    }

    private static RunSpec with(RunSpec spec, CohortSelector selector) {
        Cohort cohort = spec.cohort();
        return new RunSpec(spec.name(), spec.purpose(), spec.data(), spec.model(), spec.strategy(), spec.rounds(),
                new Cohort(cohort.nodes(), cohort.size(), cohort.minimumReports(), 1, cohort.deadline(), false,
                        selector),
                0, spec.stop(), spec.seed());
    }

    @Test
    void whoIsSilentLosesItsTurn() throws InterruptedException {
        run(spec(new Cyclic()), six().with("b", silentAt(Task.Fit.class)));

        assertThat(end().history()).extracting(RoundRecord::asked).startsWith(ids("a"), ids("c"), ids("d"), ids("e"),
                ids("f"), ids("a"), ids("c"));
        assertThat(events(RunEvent.RoundAbandoned.class)).extracting(RunEvent.RoundAbandoned::round)
                .containsExactly(2, 7, 12);
    }

    private static SortedSet<String> ids(String id) {
        return new TreeSet<>(List.of(id));
    }

    @Test
    void theRowsOfTheRollCallAreKeptAndMoreOfThemMeanMoreRounds() throws InterruptedException {
        ScriptedFleet fleet = six().with("f", answering(Task.Describe.class, new Report.Described(
                new TableStatistics(1000, 4, new TreeMap<>(Map.of("x", new ColumnStatistics(1, 2, 4)))))));
        run(spec(new BySize()), fleet);

        assertThat(end().rows()).isEqualTo(Map.of("a", 1L, "b", 1L, "c", 1L, "d", 1L, "e", 1L, "f", 1000L));
        assertThat(end().history()).allMatch(round -> round.asked().contains("f") && round.asked().size() == 2)
                .allMatch(round -> round.counted().equals(round.asked()));
    }

    @Test
    void aSelectorThatCannotServeTheCohortIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> with(spec(6, 6, 2), new Cyclic()))
                .withMessageContaining("expected minimumReports: 1");
    }
}
