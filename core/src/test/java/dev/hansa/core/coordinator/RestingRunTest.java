package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.select.Separated;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose clients rest by themselves after each update that left them, whether a round counted it or not. */
class RestingRunTest extends RunLoopFixture {
    private static final String RESTS = "it rests";
    private static final int ROUNDS = 12;
    private static final int SEPARATION = 4;

    /** In each round whoever is asked first fails. */
    private final Set<Integer> failed = new HashSet<>();

    private Optional<Report> answer(Task task, List<Integer> updates) {
        if (task instanceof Task.Fit) {
            if (updates.stream()
                    .anyMatch(round -> round != task.round() && Math.abs(round - task.round()) < SEPARATION)) {
                return Optional.of(new Report.Failed(RESTS));
            }
            if (failed.add(task.round())) {
                return Optional.of(new Report.Failed("out of memory"));
            }
            updates.add(task.round());
        }
        return Optional.of(ScriptedFleet.obey(task));
    }

    private static RunSpec spec(int nodes, long seed) {
        RunSpec plain = spec(ROUNDS, nodes, 3);
        CohortSelector selector = new Separated(new Uniform(), SEPARATION - 1, true);
        return new RunSpec(plain.name(), "", plain.data(), plain.model(), plain.strategy(), ROUNDS,
                new Cohort(nodes, OptionalInt.of(3), 3, 1, Duration.ofSeconds(1), false, selector), 0, StopRule.NEVER,
                new Seed(seed));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 16, 20})
    void attemptsThatAreAbandonedUseUpNobodyWhomLaterRoundsCountOn(int nodes) throws InterruptedException {
        for (int seed = 0; seed < 10; seed++) {
            failed.clear();
            events.clear();
            ScriptedFleet fleet = new ScriptedFleet();
            for (int node = 0; node < nodes; node++) {
                List<Integer> updates = new ArrayList<>();
                fleet.with("node" + node, task -> answer(task, updates));
            }

            RunEvent end = new RunLoop("run" + seed, spec(nodes, seed), fleet, store, Clock.systemUTC()).run();

            assertThat(end).as("seed %s", seed).isInstanceOf(RunEvent.Finished.class);
            assertThat(events(RunEvent.ClientFailed.class)).as("one failure a round, and nobody asked who rests")
                    .hasSize(ROUNDS).noneMatch(failure -> failure.reason().equals(RESTS));
            assertThat(events(RunEvent.RoundAbandoned.class)).hasSize(ROUNDS);
            assertThat(twice()).as("whose updates came in vain").allMatch(both -> both.size() == 2);
        }
    }

    /** Of each round, who was asked in both of its attempts. */
    private List<SortedSet<String>> twice() {
        List<SortedSet<String>> twice = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            int number = round;
            List<SortedSet<String>> asked = events(RunEvent.RoundStarted.class).stream()
                    .filter(started -> started.round() == number).map(RunEvent.RoundStarted::cohort).toList();
            SortedSet<String> both = new TreeSet<>(asked.get(0));
            both.retainAll(asked.get(1));
            twice.add(both);
        }
        return twice;
    }
}
