package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.operator.UnreachableException;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.model.Metrics;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.RunState;
import dev.hansa.server.api.RunView;
import dev.hansa.spec.RunFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning without rounds, between processes: nobody waits for the slowest, and a kill loses nothing. */
class AsynchronousIT {
    private static final Duration HANGS = Duration.ofMinutes(3);
    private static final int ROUNDS = 120;
    private static final String BUFFERED = "strategy: {type: fedbuff, size: 2}";
    private static final String EACH = "strategy: {type: fedasync, alpha: 0.5}\ncohort: {nodes: 2, minimumReports: 1}";
    private static final String SELECTIVE =
            "strategy: {type: fedbuff, size: 2, mostStale: 1}\ncohort: {nodes: 3}";

    @TempDir
    private Path folder;
    private Federation federation;

    @BeforeEach
    void start() throws Exception {
        federation = Federation.start(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        federation.close();
    }

    private static RunFile job(String strategy) {
        String text = Housing.run().text().replace("rounds: 50", "rounds: " + ROUNDS);
        return RunFile.parse(strategy.contains("cohort:")
                ? text.replaceFirst("(?m)^cohort:.*\\n", "").replace("strategy: fedavg", strategy)
                : text.replace("strategy: fedavg", strategy), "run.yaml");
    }

    private RunView awaitEnd(String run) {
        return await().atMost(HANGS).pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(UnreachableException.class)
                .until(() -> federation.operator().run(run), view -> view.state().over());
    }

    private static double error(RoundRecord round) {
        return round.evaluation().get(Metrics.RMSE).orElseThrow();
    }

    /**
     * Whoever was asked counts once, as old as the question is then, or is discarded, and is not asked again before: nothing
     * is lost, and nothing counts twice.
     */
    private static void requireEachAnswerOnce(List<RoundRecord> history) {
        Map<String, Integer> open = new HashMap<>();
        for (RoundRecord round : history) {
            int number = round.round();
            open.keySet().removeAll(round.discarded().keySet());
            round.asked().forEach(town -> assertThat(open.put(town, number))
                    .as("the round whose question %s has not answered, though it is asked in round %d", town, number)
                    .isNull());
            round.counted().forEach(town -> assertThat(open.remove(town))
                    .as("the round whose question %s answers in round %d", town, number)
                    .isEqualTo(number - round.clients().get(town).staleness()));
        }
    }

    @Test
    void updatesCountAsTheyCome() throws Exception {
        for (String strategy : List.of(BUFFERED, EACH)) {
            RunView end = awaitEnd(federation.operator().submit(job(strategy).text()).id());

            assertThat(end.state()).as(end.reason()).isEqualTo(RunState.FINISHED);
            assertThat(end.history()).hasSize(ROUNDS)
                    .allMatch(round -> round.updates() == (strategy.equals(BUFFERED) ? 2 : 1));
            requireEachAnswerOnce(end.history());
            assertThat(end.history().stream().flatMap(round -> round.clients().values().stream())
                    .anyMatch(part -> part.staleness() > 0)).as("somebody is behind, unless both wait for each other")
                    .isEqualTo(strategy.equals(EACH));
            assertThat(error(end.history().getLast())).as(strategy).isLessThan(5);
        }
    }

    @Test
    void killedCoordinatorGoesOnWithWhoWasAsked() throws Exception {
        federation.admit("carol", "alice");
        String run = federation.operator().submit(job(SELECTIVE).text()).id();
        for (int kill = 1; kill <= 3; kill++) {
            int enough = kill * ROUNDS / 5;
            await().atMost(HANGS).pollInterval(Duration.ofMillis(5))
                    .ignoreExceptionsInstanceOf(UnreachableException.class)
                    .until(() -> federation.operator().run(run).round() >= enough);
            federation.coordinator().kill();
            federation.serve();
        }

        RunView end = awaitEnd(run);
        assertThat(end.state()).as(end.reason()).isEqualTo(RunState.FINISHED);
        assertThat(end.history()).hasSize(ROUNDS).allMatch(round -> round.updates() == 2);
        requireEachAnswerOnce(end.history());
        assertThat(end.history().stream().flatMap(round -> round.clients().values().stream()))
                .as("one of three is behind").anyMatch(part -> part.staleness() == 1)
                .allMatch(part -> part.staleness() <= 1);
        AtomicInteger next = new AtomicInteger();
        assertThat(federation.operator().events(run, 0, Duration.ZERO).stream().map(EventView::event)
                .filter(RunEvent.RoundCommitted.class::isInstance)
                .map(event -> ((RunEvent.RoundCommitted) event).record().round()))
                .as("each step once").allMatch(round -> round == next.incrementAndGet()).hasSize(ROUNDS);
        assertThat(error(end.history().getLast())).isLessThan(5);
    }
}
