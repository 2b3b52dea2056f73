package dev.hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.wire.Endpoints;
import dev.hansa.wire.proto.Next;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for an answer when the coordinator stops gets one. */
@Timeout(60)
class ClosingTest {
    @TempDir
    Path folder;

    @Test
    void nodesAndOperatorsWhoWaitAreAnswered() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<HttpResponse<byte[]>> node;
            CompletableFuture<HttpResponse<byte[]>> operator;
            try (TestCoordinator coordinator = new TestCoordinator(folder.resolve("data"))) {
                TestNode alice = TestNode.join(coordinator, "alice", "others");
                String run = coordinator.submit(TestCoordinator.RUN).id();
                node = CompletableFuture.supplyAsync(() -> alice.get(Endpoints.NEXT_TASK + "?wait=30"), threads);
                operator = CompletableFuture.supplyAsync(() -> coordinator.operate("GET",
                        Endpoints.at(Endpoints.EVENTS, run) + "?wait=30&after=1000000", ""), threads);
                Threads.awaitIn(folder, "TaskBoard.next");
                Threads.awaitIn(folder, "EventLog.awaitCommitAfter");
            }
            CompletableFuture.allOf(node, operator).orTimeout(50, TimeUnit.SECONDS).join();
            assertThat(node.join().statusCode()).isEqualTo(200);
            assertThat(TestNode.parse(Next.parser(), node.join()).hasLater()).isTrue();
            assertThat(operator.join().statusCode()).isEqualTo(200);
            assertThat(new String(operator.join().body(), StandardCharsets.UTF_8)).isEqualTo("[]");
        }
    }
}
