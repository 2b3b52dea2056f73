package dev.hansa.server.http;

import static dev.hansa.server.TestNode.error;
import static dev.hansa.server.http.SampleReports.described;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.LedgerCodec;
import dev.hansa.wire.proto.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two copies of a node, each with a ledger of its own, and what the coordinator makes of their reports. */
@Timeout(60)
class ForkedLedgerTest {
    @TempDir
    Path folder;
    private TestCoordinator coordinator;
    private TestNode alice;
    private TestNode bob;
    private String run;
    private String task;

    @BeforeEach
    void aTaskOfTheFirstStep() {
        coordinator = new TestCoordinator(folder);
        run = coordinator.submit(TestCoordinator.RUN).id();
        alice = TestNode.join(coordinator, "alice", "numbers");
        bob = TestNode.join(coordinator, "bob", "numbers");
        task = alice.nextTask().getId();
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private static Report with(Report report, long sequence, String copy) {
        return report.toBuilder().setLedger(LedgerCodec.encode(
                new LedgerHead(sequence, Sha256.of((copy + sequence).getBytes(StandardCharsets.UTF_8))))).build();
    }

    private static Report failed() {
        return Report.newBuilder().setFailed("no rows today").build();
    }

    private void requireThatAliceWasHeardOnce() {
        bob.report(bob.nextTask().getId(), described());
        assertThat(alice.nextTask().hasFit()).isTrue();
        assertThat(coordinator.events(run, 0)).filteredOn(event -> event
                .event() instanceof RunEvent.ClientDescribed described && described.client().equals("alice"))
                .hasSize(1);
        assertThat(coordinator.events(run, 0)).noneMatch(event -> event.event() instanceof RunEvent.ClientFailed);
    }

    @Test
    void anotherRecordOfANumberIsRefusedAndNothingOfItCounts() {
        String other = "other"; // a task that is over, say
        assertThat(error(alice.report(other, with(described(), 1, "first")))).as("told, if late")
                .isEqualTo("410 closed");
        var refused = alice.report(task, with(failed(), 1, "second"));
        assertThat(error(refused)).isEqualTo("409 ledger-forked");
        assertThat(TestNode.body(refused).getMessage()).contains("another record 1", "two copies of it run");
        assertThat(alice.nextTask().getId()).as("is still open").isEqualTo(task);
        assertThat(error(alice.report(other, with(described(), 1, "second")))).isEqualTo("409 ledger-forked");

        assertThat(alice.report(task, with(described(), 2, "first")).statusCode()).isEqualTo(204);
        requireThatAliceWasHeardOnce();
        assertThat(coordinator.operate("GET", Endpoints.AUDIT + "?after=0", "").body()).asString(StandardCharsets.UTF_8)
                .contains("node.forked", "record 1");
    }

    @Test
    void whatComesAgainOrInAnotherOrderOrOfNoLedgerIsTaken() {
        assertThat(error(alice.report("other", with(described(), 6, "first")))).isEqualTo("410 closed");
        assertThat(alice.report(task, with(described(), 5, "first")).statusCode()).isEqualTo(204);
        assertThat(alice.report(task, with(described(), 5, "first")).statusCode()).isEqualTo(204);
        assertThat(alice.report(task, described()).statusCode()).isEqualTo(204);
        requireThatAliceWasHeardOnce();
    }

    @Test
    void aCoordinatorThatStartedAgainStillKnows() {
        assertThat(alice.report(task, with(described(), 5, "first")).statusCode()).isEqualTo(204);
        coordinator.close();
        coordinator = new TestCoordinator(folder);
        TestNode again = alice.at(coordinator);
        assertThat(error(again.report(task, with(described(), 5, "second")))).isEqualTo("409 ledger-forked");
        assertThat(again.report(task, with(described(), 5, "first")).statusCode()).isNotEqualTo(409);
    }
}
