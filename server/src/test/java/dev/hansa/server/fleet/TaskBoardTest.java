package dev.hansa.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.server.store.TaskRow;
import dev.hansa.server.store.TaskStore;
import dev.hansa.wire.message.ReportCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskBoardTest {
    private static final DataSpec DATA = new DataSpec("rows",
            new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", "")), new HoldOut.None(), false);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    /** What is on the disk. */
    private final AtomicReference<String> written = new AtomicReference<>("");
    private final List<String> counted = new CopyOnWriteArrayList<>();
    private final TaskBoard board = new TaskBoard(new SlowStore(), new ReentrantLock(), System::nanoTime);
    private final OpenTask task = new OpenTask("id", "alice", new Task.Describe("run", DATA),
            dev.hansa.wire.proto.Task.getDefaultInstance(), Optional.empty(), Path.of("spool"),
            board.countdown(Duration.ofMinutes(1)), new Uncounted());

    @BeforeEach
    void open() {
        board.open(List.of(task));
    }

    @Test
    void ofTwoReportsAtOnceTheOneThatIsOnTheDiskCounts() throws InterruptedException {
        Thread first = Thread.ofPlatform().start(() -> board.report(task, refused("first")));
        begun.await();
        Thread second = waiting(() -> board.report(task, refused("second")));
        goOn.countDown();
        first.join();
        second.join();
        close();
        assertThat(counted).containsExactly(new Report.Refused(written.get()).toString());
    }

    @Test
    void aReportThatIsBeingWrittenWhenItsNodeLeavesAndItsRoundClosesCounts() throws InterruptedException {
        Thread report = Thread.ofPlatform().start(() -> board.report(task, refused("in time")));
        begun.await();
        Thread leaving = waiting(() -> board.abandon("alice"));
        Thread closing = waiting(this::close);
        goOn.countDown();
        report.join();
        leaving.join();
        closing.join();
        assertThat(counted).containsExactly(new Report.Refused("in time").toString());
    }

    private void close() {
        board.close(List.of(task), reported -> counted.add(String.valueOf(reported.report)));
    }

    /** A thread that does it, and waits for another. */
    private static Thread waiting(Runnable act) {
        Thread thread = Thread.ofPlatform().start(act);
        await().until(() -> thread.getState() == Thread.State.WAITING || !thread.isAlive());
        return thread;
    }

    private static dev.hansa.wire.proto.Report refused(String reason) {
        return ReportCodec.encode(new Report.Refused(reason), difference -> {
            throw new AssertionError("it has none");
        });
    }

    /** Its first write takes until the test says so. */
    private final class SlowStore implements TaskStore {
        @Override
        public List<TaskRow> of(String run) {
            return List.of();
        }

        @Override
        public void open(String run, List<TaskRow> tasks) {}

        @Override
        public void add(String run, TaskRow task) {}

        @Override
        public void forget(List<String> ids) {}

        @Override
        public void close(List<String> ids) {}

        @Override
        public boolean isAwaited(String id, String node) {
            return false;
        }

        @Override
        public void late(String id, String node) {}

        @Override
        public boolean report(String id, byte[] report) {
            try {
                String reason = dev.hansa.wire.proto.Report.parseFrom(report).getRefused();
                if (begun.getCount() > 0) {
                    begun.countDown();
                    goOn.await();
                }
                written.set(reason);
                return true;
            } catch (InvalidProtocolBufferException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Nobody listens. */
    private static final class Uncounted implements Fleet.Answers {
        @Override
        public void arrived(String client, Traffic traffic) {}

        @Override
        public void count(String client, Report report) {}
    }
}
