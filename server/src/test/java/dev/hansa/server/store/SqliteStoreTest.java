package dev.hansa.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Failures;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SqliteStoreTest {
    @TempDir
    Path folder;
    private DataDirectory directory;
    private Database database;
    private EventLog events;
    private SqliteStore store;

    @BeforeEach
    void submit() {
        open();
        new RunTable(database).submit("run", "run.yaml", "text", Instant.EPOCH, Optional.empty());
    }

    private void open() {
        directory = DataDirectory.open(folder);
        database = Database.open(directory.file("hansa.db"));
        events = new EventLog(database, Clock.systemUTC());
        store = new SqliteStore(database, directory, events);
    }

    @Test
    void whyNodesFailedIsKeptByReason() {
        store.append("run", new RunEvent.ClientFailed(1, "bob", "the disk is full"));
        store.append("run", new RunEvent.ClientAnswered(1, "alice", RunEvent.Phase.FIT, Traffic.NONE));
        store.append("run", new RunEvent.ClientFailed(2, "carol", "the disk is full"));
        store.append("run", new RunEvent.ClientFailed(2, "alice", "its owner has not decided", true));
        store.append("run", new RunEvent.Failed("too few")); // durable, and all before it

        assertThat(store.failed("run")).containsExactly(
                new Failures.Failure("the disk is full", false, List.of("bob", "carol"), false, 2, 1, 2),
                new Failures.Failure("its owner has not decided", true, List.of("alice"), false, 1, 2, 2));
        assertThat(store.failed("another")).isEmpty();
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
        directory.close();
    }

    @Test
    void aCommitThatFailsLosesNoEvent() throws InterruptedException {
        RunEvent told = new RunEvent.Waiting(2, new TreeSet<>());
        events.append("run", told);
        assertThatIllegalStateException().isThrownBy(() -> events.commit("run", List.of(), handle -> {
            throw new IllegalStateException("nothing to do with the event");
        }));
        store.append("run", new RunEvent.Finished(1, "done"));
        assertThat(events.after("run", 0, Duration.ZERO)).extracting(EventView::event)
                .containsExactly(told, new RunEvent.Finished(1, "done"));
        assertThat(new RunTable(database).find("run").orElseThrow().state()).isEqualTo(RunState.FINISHED);
    }

    @Test
    void aFullDatabaseIsAFullDiskAndTheEndIsToldOnce() throws InterruptedException {
        database.change(handle -> handle.execute("pragma max_page_count = 1")); // in fact: no more than there are
        RunEvent end = new RunEvent.Finished(1, "long ".repeat(100_000));
        assertThatThrownBy(() -> store.append("run", end)).matches(new DiskFull(() -> Long.MAX_VALUE)::causedBy);
        database.change(handle -> handle.execute("pragma max_page_count = 1000000"));
        store.append("run", end);
        assertThat(events.after("run", 0, Duration.ZERO)).extracting(EventView::event).containsExactly(end);
    }

    @Test
    void whoRefusesBeforeTheFirstCheckpointIsKnown() {
        store.append("run", new RunEvent.ClientRefused("a", "too few rows"));
        store.append("run", new RunEvent.ClientRefused("b", "not \"yet\""));
        store.append("run", new RunEvent.ClientDescribed("b", 10, 5));
        store.append("run", new RunEvent.ClientFailed(0, "c", "clientRefused"));
        events.appendDurably("run", new RunEvent.Stopped(0));
        assertThat(store.refused("run")).isEqualTo(Map.of("a", "too few rows"));
        assertThat(store.refused("another")).isEmpty();
    }

    @Test
    void aCheckpointComesBackBitByBit() {
        Checkpoint checkpoint = checkpoint(2, 0.1f);
        store.save("run", checkpoint);
        close();
        open();
        assertThat(store.latest("run")).contains(checkpoint);
        assertThat(store.history("run")).isEqualTo(checkpoint.history());
        assertThat(store.refused("run")).isEqualTo(checkpoint.refused());
        assertThat(store.latest("another")).isEmpty();
    }

    @Test
    void aStateThatIsLongToReadKeepsNobodyFromTheDatabase() throws Exception {
        store.save("run", checkpoint(1, 1));
        Path state = stateFiles().getFirst();
        Files.delete(state);
        assumeTrue(new ProcessBuilder("mkfifo", state.toString()).start().waitFor() == 0,
                "no file can be made here that keeps its reader waiting");
        Thread reader = Thread.ofPlatform().start(() -> assertThatThrownBy(() -> store.latest("run")));
        await().until(() -> Arrays.stream(reader.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("open0")));
        CompletableFuture<Integer> rounds = CompletableFuture.supplyAsync(() -> store.rounds("run"));
        try {
            assertThat(rounds.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            Files.newOutputStream(state).close();
            reader.join();
        }
    }

    @Test
    void ofARunOnlyTheLastStateIsKept() throws IOException {
        store.save("run", checkpoint(1, 1));
        store.save("run", checkpoint(2, 2));
        assertThat(store.latest("run")).contains(checkpoint(2, 2));
        assertThat(stateFiles()).hasSize(1);
        store.save("run", checkpoint(2, 2));
        assertThat(store.latest("run")).contains(checkpoint(2, 2));
    }

    @Test
    void aStateThatIsSavedAgainIsNotWrittenAgain() throws IOException {
        Checkpoint checkpoint = checkpoint(1, 1);
        store.save("run", checkpoint);
        Object file = Files.readAttributes(stateFiles().getFirst(), BasicFileAttributes.class).fileKey();
        assumeTrue(file != null, "files have no identity here");
        store.save("run", checkpoint, new RunEvent.RoundEvaluated(round(1)));

        assertThat(Files.readAttributes(stateFiles().getFirst(), BasicFileAttributes.class).fileKey()).isEqualTo(file);
        assertThat(store.latest("run")).contains(checkpoint);
    }

    @Test
    void whatACrashLeftBesideTheLastStateIsDeleted() throws IOException {
        store.save("run", checkpoint(1, 1));
        Path left = Files.createFile(stateFiles().getFirst().resolveSibling("writing-1"));
        store.mend("run");
        assertThat(left).doesNotExist();
        assertThat(store.latest("run")).contains(checkpoint(1, 1));
    }

    @Test
    void aRoundIsToldWithItsCheckpointOrNotAtAll() throws InterruptedException {
        store.save("run", checkpoint(1, 1), new RunEvent.RoundCommitted(round(1)));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> store.save("unknown", checkpoint(2, 2), new RunEvent.RoundCommitted(round(2))));
        close();
        open();
        assertThat(events.after("run", 0, Duration.ZERO)).extracting(EventView::event)
                .containsExactly(new RunEvent.RoundCommitted(round(1)));
        assertThat(events.after("unknown", 0, Duration.ZERO)).isEmpty();
    }

    @Test
    void eventsKeepTheirOrderAndTellWhereTheRunStands() throws InterruptedException {
        List<RunEvent> all = List.of(new RunEvent.Waiting(2, new TreeSet<>(List.of("alice"))),
                new RunEvent.ClientDescribed("alice", 10, 2), new RunEvent.ClientRefused("bob", "no"),
                new RunEvent.RoundStarted(1, 1, new TreeSet<>(List.of("alice"))),
                new RunEvent.ClientAnswered(1, "alice", RunEvent.Phase.FIT, new Traffic(1, 2)),
                new RunEvent.ClientFailed(1, "carol", "why"), new RunEvent.UpdateDiscarded(1, "dave", "NaN"),
                new RunEvent.RoundAbandoned(1, 1, "too few"), new RunEvent.RoundCommitted(round(1)),
                new RunEvent.Finished(1, "all 1 rounds are done"));
        all.forEach(event -> store.append("run", event));
        close();
        open();
        List<EventView> read = events.after("run", 0, Duration.ZERO);
        assertThat(read).extracting(EventView::event).isEqualTo(all);
        assertThat(read).extracting(EventView::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(events.after("run", 9, Duration.ZERO)).extracting(EventView::number).containsExactly(10L);
        RunRow run = new RunTable(database).find("run").orElseThrow();
        assertThat(run.state()).isEqualTo(RunState.FINISHED);
        assertThat(run.reason()).isEqualTo("all 1 rounds are done");
        assertThat(run.ended()).isPresent();
    }

    @Test
    void whoWaitsForAnEventGetsItWhenItComes() throws Exception {
        CompletableFuture<List<EventView>> waiting = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                waiting.complete(events.after("run", 0, Duration.ofSeconds(50)));
            } catch (InterruptedException e) {
                waiting.completeExceptionally(e);
            }
        });
        store.append("run", new RunEvent.Stopped(0));
        assertThat(waiting.get()).extracting(EventView::event).containsExactly(new RunEvent.Stopped(0));
    }

    @Test
    void theSameKeyGivesTheSameRun() {
        RunTable runs = new RunTable(database);
        RunRow first = runs.submit("a", "run.yaml", "text", Instant.EPOCH, Optional.of("key"));
        assertThat(runs.submit("b", "run.yaml", "text", Instant.EPOCH, Optional.of("key"))).isEqualTo(first);
        assertThat(runs.find("b")).isEmpty();
    }

    private List<Path> stateFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("runs").resolve("run").resolve("state"))) {
            return files.toList();
        }
    }

    private static Checkpoint checkpoint(int rounds, float value) {
        Layout layout = Layout.of(TensorShape.of("weight", 2, 1), TensorShape.of("bias", 1));
        Parameters parameters = Parameters.of(layout, value, Float.MIN_VALUE, -0.0f);
        Schema schema =
                new Schema(List.of(new Column.Number("x", "m"), new Column.Category("c", "", List.of("a", "b"))),
                        new Column.Number("y", ""));
        Preprocessing preprocessing = new Preprocessing(schema,
                List.of(new Preprocessing.Scale(0.1, 1 / 3.0), Preprocessing.Scale.IDENTITY),
                new Preprocessing.Scale(Math.PI, Double.MIN_VALUE));
        ServerState state = new ServerState(rounds, parameters,
                new TreeMap<>(Map.of("first/moment", parameters.times(2), "second", parameters.times(3))));
        List<RoundRecord> history = Stream.iterate(1, round -> round + 1).limit(rounds).map(SqliteStoreTest::round)
                .toList();
        return new Checkpoint(state, preprocessing, new TreeMap<>(Map.of("alice", 17L)),
                new TreeMap<>(Map.of("bob", "will not")), history);
    }

    private static RoundRecord round(int round) {
        Metrics metrics = new Metrics(new TreeMap<>(Map.of("loss", 1 / 3.0, "rmse", Double.POSITIVE_INFINITY)));
        return new RoundRecord(round, metrics, Metrics.NONE,
                new TreeMap<>(Map.of("alice", new ClientRound(metrics, metrics, new Traffic(7, 8)))),
                Duration.ofNanos(1_234_567_891), new TreeMap<>(Map.of("bob", "it is not finite")),
                new TreeSet<>(List.of("alice", "bob", "carol")));
    }
}
