package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.operator.UnreachableException;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.ClientAnswered;
import dev.hansa.core.coordinator.RunEvent.RoundCommitted;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.RunState;
import dev.hansa.server.api.RunView;
import dev.hansa.spec.RunFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator and its nodes as processes that are killed again and again at random instants, with no chance to tidy up.
 *
 * <p>{@code -Dhansa.kills=100} kills more often, {@code -Dhansa.seed=7} draws the instants as that seed did. Runs of 20
 * rounds follow one another until the coordinator was killed so often during them.
 */
class KilledProcessesIT {
    private static final int KILLS = Integer.getInteger("hansa.kills", 8);
    private static final long SEED = Long.getLong("hansa.seed", new Random().nextInt(1_000_000));
    private static final int ROUNDS = 20;
    private static final Duration HANGS = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final RunFile file = job();
    private final Killing killing = new Killing(SEED);
    /** By the start of a coordinator that took the place of a killed one: how long until the run went on. */
    private final Map<Instant, Duration> recoveries = new TreeMap<>();
    /** The same, until it answered an operator. */
    private final Map<Instant, Duration> startups = new TreeMap<>();
    private final List<CompletableFuture<Boolean>> keptUpdates = new ArrayList<>();
    private final Set<String> over = ConcurrentHashMap.newKeySet();
    private Instant firstKill = Instant.MAX;
    private Federation federation;

    /** Of a model so large that its updates are uploaded, and therefore kept; trained so long that kills hit that too. */
    private static RunFile job() {
        return RunFile.parse(Housing.run().text().replace("model: linear", "model: {type: mlp, hidden: [128, 128]}")
                .replace("epochs: 5, batchSize: all, rate: 0.1", "epochs: 5, batchSize: 32, rate: 0.01")
                .replace("rounds: 50", "rounds: " + ROUNDS), "run.yaml");
    }

    @AfterEach
    void stop() throws Exception {
        if (federation != null) {
            federation.close();
        }
    }

    @Test
    void runsEndInTheSameBytesAsUndisturbedOnes() throws Exception {
        System.out.println("-Dhansa.seed=" + SEED + " -Dhansa.kills=" + KILLS);
        byte[] undisturbed = Housing.simulatedModel(file);
        federation = Federation.start(folder);
        int runs = 0;
        for (int kills = 0; kills < KILLS; runs++) {
            String run = federation.operator().submit(file.text()).id();
            kills += killDuring(run, KILLS - kills);
            requireEachRoundOnce(run);
            assertThat(model(run)).as("the model, seed %s", SEED).isEqualTo(undisturbed);
        }
        long again = keptUpdates.stream().filter(CompletableFuture::join).count();
        System.out.printf("%d kills in %d runs; the next coordinator answered after %s, the run went on after %s; "
                + "%d updates were delivered by the next life of their node%n", KILLS, runs, spread(startups),
                spread(recoveries), again);
    }

    private static String spread(Map<Instant, Duration> times) {
        List<Duration> sorted = times.values().stream().sorted().toList();
        return sorted.isEmpty() ? "no time that was measured"
                : sorted.get(sorted.size() / 2).toMillis() + " ms (median), " + sorted.getLast().toMillis()
                        + " ms at most";
    }

    /** Kills so often at most, and waits for the end of the run; the answer is how many kills came before that. */
    private int killDuring(String run, int most) throws Exception {
        List<Instant> kills = new ArrayList<>();
        boolean ended = awaitNews(run);
        while (!ended && kills.size() < most) {
            Killing.Blow blow = killing.next();
            ended = !blow.early() && awaitNews(run);
            federation.coordinator().live(blow.lifeMillis());
            kills.add(Instant.now());
            strike(run, blow);
        }
        if (!ended) {
            awaitNews(run); // of the last start, so that its recovery is measured too
        }
        RunView end = awaitEnd(run);
        over.add(run);
        assertThat(end.state()).as(end.reason()).isEqualTo(RunState.FINISHED);
        return (int) kills.stream().filter(kill -> kill.isBefore(end.ended().orElseThrow())).count();
    }

    /** Waits until the run goes on at the coordinator that was started last; the answer is whether it is over. */
    private boolean awaitNews(String run) {
        Instant started = federation.started();
        List<EventView> events = await().atMost(HANGS).pollInterval(Duration.ofMillis(50)).until(() -> events(run),
                all -> all.stream().anyMatch(event -> isNews(event, started)) || ended(all));
        if (events.getFirst().time().isBefore(started)) {
            events.stream().filter(event -> isNews(event, started)).findFirst()
                    .ifPresent(event -> recoveries.put(started, Duration.between(started, event.time())));
        }
        return ended(events);
    }

    /** The last blow may have come after the end: then the next coordinator tells of it. */
    private RunView awaitEnd(String run) {
        return await().atMost(HANGS).pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(UnreachableException.class)
                .until(() -> federation.operator().run(run), view -> view.state().over());
    }

    private List<EventView> events(String run) {
        try {
            List<EventView> events = federation.operator().events(run, 0, Duration.ZERO);
            Instant started = federation.started();
            if (started.isAfter(firstKill)) {
                startups.putIfAbsent(started, Duration.between(started, Instant.now()));
            }
            return events;
        } catch (UnreachableException e) {
            return List.of();
        }
    }

    /** Something that needs the nodes too, or the end. */
    private static boolean isNews(EventView event, Instant since) {
        return !event.time().isBefore(since) && (event.event() instanceof ClientAnswered
                || event.event() instanceof RoundCommitted || event.event() instanceof RunEvent.Finished);
    }

    private static boolean ended(List<EventView> events) {
        return !events.isEmpty() && (events.getLast().event() instanceof RunEvent.Finished
                || events.getLast().event() instanceof RunEvent.Failed);
    }

    private void strike(String run, Killing.Blow blow) throws Exception {
        federation.coordinator().kill();
        firstKill = firstKill.equals(Instant.MAX) ? Instant.now() : firstKill;
        if (blow.node().isEmpty()) {
            federation.serve();
            return;
        }
        Killing.Companion companion = blow.node().get();
        if (companion.late()) {
            federation.serve();
        }
        String town = companion.town();
        federation.node(town).live(companion.lifeMillis());
        federation.node(town).kill();
        KeptUpdate.in(federation.home(town), run).ifPresentOrElse(kept -> {
            HansaProcess next = federation.join(town);
            keptUpdates.add(CompletableFuture.supplyAsync(() -> deliversAgain(next, town, run, kept)));
        }, () -> federation.join(town));
        if (!companion.late()) {
            federation.serve();
        }
    }

    /**
     * Whether the node delivers what its last life had kept: it does unless that was acknowledged already, and in no case
     * trains it again.
     */
    private boolean deliversAgain(HansaProcess node, String town, String run, KeptUpdate kept) {
        String again = "sending the update that was kept";
        Pattern trained = Pattern.compile("run " + run + ", round \\d+: sent an update");
        await().atMost(HANGS).pollInterval(Duration.ofMillis(20)).until(() -> over.contains(run) || !node.alive()
                || node.log().contains(again) || trained.matcher(node.log()).find());
        String log = node.log();
        if (log.contains(again) || !trained.matcher(log).find()) {
            return log.contains(again);
        }
        assertThat(KeptUpdate.in(federation.home(town), run)).as("what %s trained, seed %s", town, SEED)
                .isNotEqualTo(Optional.of(kept));
        return false;
    }

    private void requireEachRoundOnce(String run) {
        List<EventView> events = federation.operator().events(run, 0, Duration.ZERO);
        assertThat(events).extracting(EventView::number)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
        List<RunEvent> happened = events.stream().map(EventView::event).toList();
        assertThat(happened).filteredOn(RoundCommitted.class::isInstance)
                .extracting(event -> ((RoundCommitted) event).record().round())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ROUNDS).boxed().toList());
        assertThat(happened).as("each round counted both at its first attempt")
                .noneMatch(RunEvent.RoundAbandoned.class::isInstance)
                .noneMatch(RunEvent.UpdateDiscarded.class::isInstance);
        assertThat(federation.operator().run(run).history()).allSatisfy(
                round -> assertThat(round.clients().keySet()).containsExactlyElementsOf(Housing.TOWNS));
    }

    private byte[] model(String run) throws IOException {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        federation.operator().model(run, model);
        return model.toByteArray();
    }
}
