package dev.hansa.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.server.api.AuditChain;
import dev.hansa.server.api.AuditEntry;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.RunView;
import dev.hansa.wire.Endpoints;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people and nodes do over the port stands in the audit log. */
@Timeout(60)
class AuditedCallsTest {
    @TempDir
    Path folder;

    private static List<AuditEntry> log(TestCoordinator coordinator) {
        AuditEntry[] entries = Json.mapper()
                .readValue(coordinator.operate("GET", Endpoints.AUDIT + "?after=0", "").body(), AuditEntry[].class);
        AuditChain chain = new AuditChain();
        List.of(entries).forEach(entry -> assertThat(chain.add(entry)).isEmpty());
        return List.of(entries);
    }

    private static String acts(List<AuditEntry> log) {
        StringBuilder acts = new StringBuilder();
        log.forEach(entry -> acts.append(entry.actor()).append(' ').append(entry.act()).append('\n'));
        return acts.toString();
    }

    @Test
    void eachActOfAPersonAndOfANodeIsNotedInItsOrder() {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            TestNode.join(coordinator, "ada", "numbers");
            RunView run = coordinator.submit(TestCoordinator.RUN);
            coordinator.operate("POST", Endpoints.at(Endpoints.STOP, run.id()), "");
            coordinator.operate("POST", Endpoints.at(Endpoints.STOP, "nosuchrun"), "");
            coordinator.operate("DELETE", Endpoints.at(Endpoints.NODE, "ada"), "");
            coordinator.operate("GET", Endpoints.RUNS, "");

            List<AuditEntry> log = log(coordinator);
            assertThat(acts(log)).isEqualTo("""
                    coordinator coordinator.start
                    operator token.create
                    node:ada node.join
                    operator run.submit
                    operator run.submitted
                    operator run.stop
                    operator run.stop
                    operator run.stop.refused
                    operator node.remove
                    """);
            assertThat(log.get(4).subject()).isEqualTo(run.id());
            assertThat(log.get(7).detail()).isEqualTo("not-found");
        }
    }

    @Test
    void aStrangerIsNotedOnceAndReadsNothing() {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            for (int i = 0; i < 3; i++) {
                assertThat(coordinator.https().send("GET", Endpoints.AUDIT, BodyPublishers.noBody(), "Authorization",
                        "Bearer nonsense").statusCode()).isEqualTo(401);
            }

            assertThat(acts(log(coordinator))).isEqualTo("coordinator coordinator.start\nstranger person.refused\n");
        }
    }

    @Test
    void theEndOfTheCoordinatorIsNotedToo() {
        new TestCoordinator(folder).close();
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            assertThat(acts(log(coordinator))).isEqualTo(
                    "coordinator coordinator.start\ncoordinator coordinator.stop\ncoordinator coordinator.start\n");
        }
    }
}
