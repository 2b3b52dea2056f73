package dev.hansa.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.core.coordinator.Fleet.Answers;
import dev.hansa.core.coordinator.Fleet.Patience;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.MovableClock;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.message.ReportCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that have little time, and nodes that answer when it is over. */
@Timeout(60)
class LateAnswersTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    private static final Question ROUND_1 = new Question(1, Phase.FIT, 1);
    private static final Report FAILED = new Report.Failed("no luck");

    @TempDir
    Path folder;
    private final MovableClock clock = new MovableClock();
    private final AtomicLong nanos = new AtomicLong();
    private FleetOnDisk disk;

    @BeforeEach
    void open() {
        disk = new FleetOnDisk(folder, clock, nanos::get);
    }

    @AfterEach
    void close() {
        disk.close();
    }

    @Test
    void aNodeIsToldHowMuchTimeIsLeftWhenItIsTold() throws InterruptedException {
        Thread node = Thread.ofVirtual().start(() -> {
            OpenTask task = disk.taskOf("alice");
            assertThat(task.message().getFit().getTimeLeftMillis()).isEqualTo(50_000);
            nanos.addAndGet(Duration.ofSeconds(20).toNanos());
            assertThat(task.message(1 << 16).getFit().getTimeLeftMillis()).isEqualTo(30_000);
            assertThat(task.message(0).getFit().getTimeLeftMillis()).isEqualTo(30_000);
            nanos.addAndGet(Duration.ofSeconds(31).toNanos());
            assertThat(task.message().getFit().getTimeLeftMillis()).isZero();
            answer(task);
        });
        SortedMap<String, Report> counted = ask(ROUND_1, "alice");
        node.join();
        assertThat(counted).containsEntry("alice", FAILED);
    }

    @Test
    void aNodeIsToldOfNoTimeIfTheTaskHasNone() throws InterruptedException {
        Thread node = Thread.ofVirtual().start(() -> {
            OpenTask task = disk.taskOf("alice");
            assertThat(task.message().getFit().hasTimeLeftMillis()).isFalse();
            answer(task);
        });
        assertThat(ask(ROUND_1, Optional.empty(), "alice")).containsKey("alice");
        node.join();
    }

    @Test
    void anAnswerThatComesTooLateIsToldOnce() throws InterruptedException {
        String id = closedWithoutAnswer();
        clock.forward(Duration.ofSeconds(12));
        assertClosed(id, "alice");
        assertThat(late()).singleElement().satisfies(late -> {
            assertThat(late).isEqualTo(new RunEvent.ClientLate(1, "alice", Phase.FIT, late.late()));
            assertThat(late.late()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(72));
        });
        assertThat(events()).isEqualTo(late());

        assertClosed(id, "alice");
        assertThat(events()).as("another time").hasSize(1);
        disk.restart();
        assertClosed(id, "alice");
        assertThat(late()).as("to another process").hasSize(1);
        assertThat(events()).hasSize(1);
    }

    @Test
    void anAnswerIsLateAlsoForAnotherProcess() throws InterruptedException {
        String id = closedWithoutAnswer();
        disk.restart();
        assertClosed(id, "alice");
        assertThat(late()).hasSize(1);
    }

    /** Before its run has come to ask again; closed would mean that the work is to be dropped. */
    @Test
    void anAnswerThatFindsANewProcessWhichHasNotAskedAgainYetIsToComeBack() throws InterruptedException {
        Thread asking = asking();
        OpenTask task = disk.taskOf("alice");
        disk.tasks().forget(List.of("another")); // what was asked is durable
        disk.restart(); // as if that process had died
        asking.interrupt();
        asking.join();
        assertIsAskedAgain(task);
    }

    @Test
    void itIsAfterAStopInGoodOrderTooAndWhileThatLasts() throws InterruptedException {
        Thread asking = asking();
        OpenTask task = disk.taskOf("alice");
        asking.interrupt(); // as the coordinator does that is asked to stop
        asking.join();
        assertRefused(ErrorCode.BUSY, task.id(), "alice");
        assertThat(disk.board().next("alice", Duration.ZERO)).isEmpty();
        disk.restart();
        assertIsAskedAgain(task);
    }

    private Thread asking() {
        disk.join("alice");
        return Thread.ofVirtual().start(() -> {
            try {
                ask(ROUND_1, "alice");
            } catch (InterruptedException stopped) {
                // this process ends
            }
        });
    }

    private void assertIsAskedAgain(OpenTask task) throws InterruptedException {
        assertRefused(ErrorCode.BUSY, task.id(), "alice");
        assertClosed(task.id(), "bob");
        assertThat(late()).isEmpty();
        Thread node = Thread.ofVirtual().start(() -> {
            assertThat(disk.taskOf("alice").id()).isEqualTo(task.id());
            answer(disk.board().of(task.id(), "alice"));
        });
        assertThat(ask(ROUND_1, "alice")).containsKey("alice");
        node.join();
        assertClosed(task.id(), "alice");
        assertThat(late()).isEmpty();
    }

    @Test
    void nobodyElseCanFillTheEvents() throws InterruptedException {
        String id = closedWithoutAnswer();
        assertClosed(id, "bob");
        assertClosed("0123456789abcdef", "alice");
        assertClosed(id + "'", "alice");
        assertThat(late()).isEmpty();
        assertThat(events()).isEmpty();
        assertClosed(id, "alice");
        assertThat(late()).as("whose it is").hasSize(1);
    }

    @Test
    void anAnswerThatCameInTimeIsNotLateWhenItComesAgain() throws InterruptedException {
        String[] id = new String[1];
        Thread node = Thread.ofVirtual().start(() -> {
            OpenTask task = disk.taskOf("alice");
            id[0] = task.id();
            answer(task);
        });
        ask(ROUND_1, "alice");
        node.join();
        assertClosed(id[0], "alice");
        assertThat(late()).isEmpty();
    }

    @Test
    void aTaskThatIsAskedAgainByAnotherProcessAndAnsweredIsNotLate() throws InterruptedException {
        String id = closedWithoutAnswer();
        disk.restart();
        Thread node = Thread.ofVirtual().start(() -> answer(disk.taskOf("alice")));
        assertThat(ask(ROUND_1, "alice")).containsKey("alice");
        node.join();
        assertClosed(id, "alice");
        assertThat(late()).isEmpty();
    }

    @Test
    void ifItIsLateTwiceItIsToldOnce() throws InterruptedException {
        String id = closedWithoutAnswer();
        assertClosed(id, "alice");
        disk.restart();
        assertThat(closedWithoutAnswer()).isEqualTo(id);
        assertClosed(id, "alice");
        assertThat(events()).hasSize(1);
        assertThat(late()).hasSize(1);
    }

    @Test
    void aReportThatIsOnItsWayWhenTheRoundClosesIsLate() throws InterruptedException {
        disk.join("alice");
        OpenTask[] task = new OpenTask[1];
        Thread node = Thread.ofVirtual().start(() -> {
            task[0] = disk.taskOf("alice");
            disk.board().abandon("alice");
        });
        assertThat(ask(ROUND_1, "alice")).isEmpty();
        node.join();
        assertThat(catchThrowableOfType(RejectedException.class, () -> answer(task[0])).code())
                .isEqualTo(ErrorCode.CLOSED);
        assertThat(late()).hasSize(1);
    }

    @Test
    void aReportThatIsRefusedDoesNotReplaceTheOneThatCounts() throws InterruptedException {
        OpenTask[] task = new OpenTask[1];
        Thread node = Thread.ofVirtual().start(() -> {
            task[0] = disk.taskOf("alice");
            answer(task[0]);
        });
        assertThat(ask(ROUND_1, "alice")).containsKey("alice");
        node.join();
        byte[] counted = disk.tasks().of("run").getFirst().report().orElseThrow();
        assertThat(catchThrowableOfType(RejectedException.class, () -> disk.board().report(task[0],
                message(new Report.Failed("another")))).code()).isEqualTo(ErrorCode.CLOSED);
        assertThat(disk.tasks().of("run").getFirst().report().orElseThrow()).isEqualTo(counted);
    }

    /** A question that ends because nobody is left who could answer. */
    private String closedWithoutAnswer() throws InterruptedException {
        disk.join("alice");
        String[] id = new String[1];
        Thread node = Thread.ofVirtual().start(() -> {
            id[0] = disk.taskOf("alice").id();
            disk.board().abandon("alice"); // ends the asking
        });
        assertThat(ask(ROUND_1, "alice")).isEmpty();
        node.join();
        return id[0];
    }

    private SortedMap<String, Report> ask(Question question, String name) throws InterruptedException {
        return ask(question, Optional.of(Duration.ofSeconds(50)), name);
    }

    private SortedMap<String, Report> ask(Question question, Optional<Duration> timeLeft, String name)
            throws InterruptedException {
        Task.Fit fit = new Task.Fit("run", 1, new DataSpec("rows", SCHEMA, new HoldOut.None(), false),
                Preprocessing.identity(SCHEMA), new ModelSpec.Linear(),
                Parameters.zeros(new Layout(List.of(new TensorShape("w", List.of(3))))),
                new LocalTraining(1, 0, 0.1, 0, 0, false), new Seed(1));
        SortedMap<String, Report> counted = new TreeMap<>();
        disk.fleet(name).ask(question,
                new TreeMap<>(Map.of(name, timeLeft.map(fit::within).orElse(fit))),
                new Patience(Duration.ofSeconds(50), 1), new Answers() {
                    @Override
                    public void arrived(String client, Traffic traffic) {
                        // of no interest
                    }

                    @Override
                    public void count(String client, Report report) {
                        counted.put(client, report);
                    }
                });
        return counted;
    }

    private void answer(OpenTask task) {
        disk.board().report(task, message(FAILED));
    }

    private static dev.hansa.wire.proto.Report message(Report report) {
        return ReportCodec.encode(report, difference -> {
            throw new AssertionError();
        });
    }

    private void assertClosed(String id, String node) {
        assertRefused(ErrorCode.CLOSED, id, node);
    }

    private void assertRefused(ErrorCode code, String id, String node) {
        assertThat(catchThrowableOfType(RejectedException.class, () -> disk.board().of(id, node)).code())
                .isEqualTo(code);
    }

    private List<RunEvent.ClientLate> late() {
        return disk.store().late("run");
    }

    private List<RunEvent> events() throws InterruptedException {
        return disk.events().after("run", 0, Duration.ZERO).stream()
                .map(EventView::event).toList();
    }
}
