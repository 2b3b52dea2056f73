package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hansa.core.FederationException;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ClientLoopTest {
    private static final Task.Describe TASK = new Task.Describe("run",
            new DataSpec("rows", RandomTables.REGRESSION, new HoldOut.None(), true));
    private static final Report REPORT = new Report.Described(
            TableStatistics.of(RandomTables.of(RandomTables.REGRESSION, 5, 1)));
    private static final String LATE = "late";

    private final List<String> log = new ArrayList<>();
    private final Client client = new Client(Map.of("rows", spec -> RandomTables.of(spec.schema(), 5, 1)));
    private final ClientLoop.Listener listener = new ClientLoop.Listener() {
        @Override
        public void started(Task task) {
            log.add("started " + task.run());
        }

        @Override
        public void reported(Task task, Report report) {
            assertThat(report).isEqualTo(REPORT);
            log.add("reported " + task.run());
        }
    };

    /** Hands out what it was given, then breaks. */
    private final class ScriptedLink implements Link {
        private final Queue<Next> script;

        ScriptedLink(Next... script) {
            this.script = new ArrayDeque<>(List.of(script));
        }

        @Override
        public Next next() {
            if (script.isEmpty()) {
                throw new FederationException("the coordinator's certificate has changed", false);
            }
            return script.remove();
        }

        @Override
        public boolean report(String taskId, Report report) {
            assertThat(report).isEqualTo(REPORT);
            log.add("delivered " + taskId);
            return !taskId.equals(LATE);
        }
    }

    private String run(Link.Next... script) throws InterruptedException {
        return new ClientLoop(new ScriptedLink(script), client, listener).run();
    }

    @Test
    void tasksArePerformedAndReportedOneAfterTheOtherUntilTheClientIsSentAway() throws InterruptedException {
        String reason = run(new Link.Next.Work("t1", TASK), new Link.Next.Later(Duration.ZERO),
                new Link.Next.Work("t2", TASK), new Link.Next.Leave("the federation is over"));

        assertThat(reason).isEqualTo("the federation is over");
        assertThat(log).containsExactly("started run", "delivered t1", "reported run", "started run", "delivered t2",
                "reported run");
    }

    @Test
    void taskThatArrivesTwiceIsReportedTwiceUnderItsId() throws InterruptedException {
        run(new Link.Next.Work("t1", TASK), new Link.Next.Work("t1", TASK), new Link.Next.Leave(""));

        assertThat(log.stream().filter(line -> line.equals("delivered t1"))).hasSize(2);
    }

    @Test
    void whatTheCoordinatorDoesNotTakeAnyMoreIsNotToldAsReported() throws InterruptedException {
        run(new Link.Next.Work(LATE, TASK), new Link.Next.Leave(""));

        assertThat(log).containsExactly("started run", "delivered late");
    }

    @Test
    void interruptEndsAPause() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> run(new Link.Next.Later(Duration.ofDays(1))));
    }

    @Test
    void linkThatCannotBeMendedEndsTheLoop() {
        assertThatExceptionOfType(FederationException.class).isThrownBy(() -> run(new Link.Next.Work("t1", TASK)))
                .withMessageContaining("certificate");
        assertThat(log).contains("delivered t1");
    }
}
