package dev.hansa.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hansa.core.coordinator.Fleet.Answer;
import dev.hansa.core.coordinator.Fleet.Answers;
import dev.hansa.core.coordinator.Fleet.Asked;
import dev.hansa.core.coordinator.Fleet.Patience;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.store.TaskRow;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.ReportCodec;
import dev.hansa.wire.safetensors.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that ends in the middle of a round, and another that goes on. */
@Timeout(60)
class RestartedFleetTest {
    private static final Question ROUND_1 = new Question(1, Phase.FIT, 3);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Schema SCHEMA =
            new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    private static final Layout LAYOUT = new Layout(List.of(new TensorShape("w", List.of(3))));

    @TempDir
    Path folder;
    private FleetOnDisk disk;

    @BeforeEach
    void open() {
        disk = new FleetOnDisk(folder);
    }

    @AfterEach
    void close() {
        disk.close();
    }

    @Test
    void whatWasReportedIsNotAskedForAgain() throws InterruptedException {
        askAndDie(disk.fleet("alice", "bob"), fit("alice", "bob"), () -> fit("alice", 7));

        disk.restart();
        RemoteFleet second = disk.fleet("alice", "bob");
        assertThat(second.asked(1, Phase.FIT)).contains(new Asked(3, new TreeSet<>(List.of("alice", "bob"))));
        assertThat(second.asked(1, Phase.EVALUATE)).isEmpty();
        assertThat(second.asked(2, Phase.FIT)).isEmpty();
        Notes notes = new Notes();
        Thread bob = Thread.ofVirtual().start(() -> fit("bob", 9));
        second.ask(ROUND_1, fit("alice", "bob"), within(Duration.ofSeconds(50)), notes);
        bob.join();

        assertThat(notes.values).containsExactly(Map.entry("alice", 7f), Map.entry("bob", 9f));
    }

    @Test
    void theTaskKeepsItsIdAndItsUploadItsOffset() throws InterruptedException {
        byte[] update = safetensors(5);
        RemoteFleet first = disk.fleet("alice");
        Thread node = Thread.ofVirtual().start(() -> {
            disk.taskOf("alice").upload(Sha256.of(update), update.length).append(0, update, 10);
            disk.board().abandon("alice"); // ends the asking
        });
        first.ask(ROUND_1, fit("alice"), within(Duration.ofSeconds(50)), new Notes());
        node.join();

        disk.restart();
        RemoteFleet second = disk.fleet("alice");
        Notes notes = new Notes();
        Thread again = Thread.ofVirtual().start(() -> {
            OpenTask task = disk.taskOf("alice");
            assertThat(task.have(Sha256.of(update))).isEqualTo(10);
            Upload upload = task.upload(Sha256.of(update), update.length);
            assertThat(upload.have()).isEqualTo(10);
            upload.append(10, Arrays.copyOfRange(update, 10, update.length), update.length - 10);
            upload.finishIfWhole();
            report(task, new BlobRef(Sha256.of(update), update.length));
        });
        second.ask(ROUND_1, fit("alice"), within(Duration.ofSeconds(50)), notes);
        again.join();
        assertThat(notes.values).containsExactly(Map.entry("alice", 5f));
    }

    @Test
    void whoHadNotAnsweredWhenTheOthersWereCountedIsNotAskedAgain() throws InterruptedException {
        RemoteFleet first = disk.fleet("alice", "bob");
        Thread node = Thread.ofVirtual().start(() -> fit("alice", 7));
        first.ask(ROUND_1, fit("alice", "bob"), new Patience(Duration.ofSeconds(50), 1), new Notes());
        node.join();

        disk.restart();
        assertThat(disk.fleet("alice", "bob").asked(1, Phase.FIT))
                .contains(new Asked(3, new TreeSet<>(List.of("alice"))));
    }

    @Test
    void anUploadThatWasAllThereAndNotCheckedIsFinishedByItsReport() throws InterruptedException {
        byte[] update = safetensors(5);
        askAndDie(disk.fleet("alice"), fit("alice"),
                () -> disk.taskOf("alice").upload(Sha256.of(update), update.length).append(0, update, update.length));

        disk.restart();
        Notes notes = new Notes();
        Thread again = Thread.ofVirtual().start(() -> {
            OpenTask task = disk.taskOf("alice");
            assertThat(task.have(Sha256.of(update))).isEqualTo(update.length);
            report(task, new BlobRef(Sha256.of(update), update.length));
        });
        disk.fleet("alice").ask(ROUND_1, fit("alice"), within(Duration.ofSeconds(50)), notes);
        again.join();
        assertThat(notes.values).containsExactly(Map.entry("alice", 5f));
    }

    @Test
    void updatesOfAnAttemptStayUntilTheNextIsWrittenDown() throws Exception {
        RemoteFleet fleet = disk.fleet("alice", "bob");
        Thread node = Thread.ofVirtual().start(() -> fit("alice", 7));
        fleet.ask(ROUND_1, fit("alice", "bob"), new Patience(Duration.ofSeconds(50), 1), new Notes());
        node.join();
        assertThat(spool()).hasSize(1);

        fleet.ask(new Question(1, Phase.FIT, 4), fit("bob"), within(MOMENT), new Notes());
        assertThat(spool()).isEmpty();
        assertThat(disk.tasks().of("run")).extracting(TaskRow::node).containsExactly("bob");
    }

    @Test
    void anUpdateThatTheDiskDamagedIsAskedForAgain() throws Exception {
        RemoteFleet first = disk.fleet("alice");
        Thread node = Thread.ofVirtual().start(() -> fit("alice", 7));
        first.ask(ROUND_1, fit("alice"), within(Duration.ofSeconds(50)), new Notes());
        node.join();
        Path file = spool().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        disk.restart();
        Notes notes = new Notes();
        Thread again = Thread.ofVirtual().start(() -> fit("alice", 8));
        disk.fleet("alice").ask(ROUND_1, fit("alice"), within(Duration.ofSeconds(50)), notes);
        again.join();
        assertThat(notes.values).containsExactly(Map.entry("alice", 8f));
    }

    @Test
    void anAskingEndsWhenEnoughHaveAnswered() throws InterruptedException {
        RemoteFleet fleet = disk.fleet("alice", "bob");
        Thread node = Thread.ofVirtual().start(() -> fit("alice", 7));
        Notes notes = new Notes();
        fleet.ask(ROUND_1, fit("alice", "bob"), new Patience(Duration.ofSeconds(50), 1), notes);
        node.join();
        assertThat(notes.values).containsExactly(Map.entry("alice", 7f));
    }

    @Test
    void nothingStaysInTheSpoolOfACountedRound() throws Exception {
        RemoteFleet fleet = disk.fleet("alice");
        Thread node = Thread.ofVirtual().start(() -> fit("alice", 7));
        fleet.ask(ROUND_1, fit("alice"), within(Duration.ofSeconds(50)), new Notes());
        node.join();
        assertThat(spool()).hasSize(1);

        fleet.release();
        assertThat(spool()).isEmpty();
        assertThat(fleet.asked(1, Phase.FIT)).isEmpty();
    }

    @Test
    void anotherAttemptForgetsTheOneBefore() throws InterruptedException {
        disk.fleet("alice").ask(ROUND_1, fit("alice"), within(MOMENT), new Notes());
        String before = disk.tasks().of("run").getFirst().id();
        disk.fleet("alice", "bob").ask(new Question(1, Phase.FIT, 4), fit("bob"), within(MOMENT), new Notes());

        assertThat(disk.tasks().of("run")).extracting(TaskRow::node).containsExactly("bob");
        assertThatExceptionOfType(dev.hansa.server.api.RejectedException.class)
                .isThrownBy(() -> disk.board().of(before, "alice"));
    }

    @Test
    void whatWasSentOneByOneIsSentAgainAndWhatWasReportedIsThere() throws InterruptedException {
        RemoteFleet first = disk.fleet("alice", "bob");
        Task task = fit("alice").get("alice");
        Sent alice = new Sent(ROUND_1, "alice");
        Sent bob = new Sent(ROUND_1, "bob");
        first.send(alice, task, Duration.ofSeconds(50));
        first.send(bob, task, Duration.ofSeconds(50));
        fit("alice", 7);
        first.suspend();

        disk.restart();
        RemoteFleet second = disk.fleet("alice", "bob");
        assertThat(second.sent()).containsExactly(alice, bob);
        second.send(alice, task, Duration.ofSeconds(50));
        second.send(bob, task, Duration.ofSeconds(50));
        assertThat(second.take().map(Answer::sent)).as("what is there already").contains(alice);
        fit("bob", 9);
        Answer last = second.take().orElseThrow();
        assertThat(last.sent()).isEqualTo(bob);
        assertThat(Parameters.load(((Report.Fitted) last.report().orElseThrow()).update().difference()).get(0))
                .isEqualTo(9f);
        assertThat(second.sent()).as("all of it is asked again").isEmpty();
    }

    @Test
    void updatesOfWhatIsOpenStayWhenOthersAreCounted() throws Exception {
        RemoteFleet fleet = disk.fleet("alice", "bob");
        Task task = fit("alice").get("alice");
        fleet.send(new Sent(ROUND_1, "alice"), task, Duration.ofSeconds(50));
        fleet.send(new Sent(ROUND_1, "bob"), task, Duration.ofSeconds(50));
        fit("alice", 7);
        fleet.take();
        fit("bob", 9);
        fleet.release();

        Report.Fitted bob = (Report.Fitted) fleet.take().orElseThrow().report().orElseThrow();
        assertThat(Parameters.load(bob.update().difference()).get(0)).isEqualTo(9f);
        fleet.release();
        assertThat(spool()).isEmpty();
    }

    /** Asks until that has happened, and no further. */
    private static void askAndDie(RemoteFleet fleet, SortedMap<String, Task> tasks, Runnable meanwhile)
            throws InterruptedException {
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                fleet.ask(ROUND_1, tasks, within(Duration.ofSeconds(50)), new Notes());
            } catch (InterruptedException e) {
                // this process ends
            }
        });
        meanwhile.run();
        asking.interrupt();
        asking.join();
    }

    private static Patience within(Duration time) {
        return new Patience(time, Integer.MAX_VALUE);
    }

    private static SortedMap<String, Task> fit(String... names) {
        SortedMap<String, Task> tasks = new TreeMap<>();
        for (String name : names) {
            tasks.put(name, new Task.Fit("run", 1, new DataSpec("rows", SCHEMA, new HoldOut.None(), false),
                    Preprocessing.identity(SCHEMA), new ModelSpec.Linear(), Parameters.zeros(LAYOUT),
                    new LocalTraining(1, 0, 0.1, 0, 0, false), new Seed(1)));
        }
        return tasks;
    }

    /** What a node does that is asked to train. */
    private void fit(String node, float value) {
        OpenTask task = disk.taskOf(node);
        byte[] update = safetensors(value);
        Upload upload = task.upload(Sha256.of(update), update.length);
        upload.append(0, update, update.length);
        upload.finishIfWhole();
        report(task, new BlobRef(Sha256.of(update), update.length));
    }

    private void report(OpenTask task, BlobRef update) {
        Report report = new Report.Fitted(new ModelUpdate(Parameters.zeros(LAYOUT), 1, Sums.NONE));
        disk.board().report(task, ReportCodec.encode(report, difference -> update));
    }

    private static byte[] safetensors(float value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SafetensorsWriter.write(out, Parameters.of(LAYOUT, new float[]{value, value, value}),
                    Collections.emptySortedMap());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private List<Path> spool() throws IOException {
        try (Stream<Path> files = Files.list(disk.spool())) {
            return files.toList();
        }
    }

    /** The first value of each update that is counted. */
    private static final class Notes implements Answers {
        private final SortedMap<String, Float> values = new TreeMap<>();

        @Override
        public void arrived(String client, Traffic traffic) {
            // of no interest
        }

        @Override
        public void count(String client, Report report) {
            values.put(client,
                    Parameters.load(((Report.Fitted) report).update().difference()).toArray()[0]);
        }
    }
}
