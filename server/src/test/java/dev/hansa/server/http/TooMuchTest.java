package dev.hansa.server.http;

import static dev.hansa.server.TestNode.error;
import static dev.hansa.server.TestNode.updatePath;
import static dev.hansa.server.http.SampleReports.described;
import static dev.hansa.server.http.SampleReports.evaluated;
import static dev.hansa.server.http.SampleReports.fitted;
import static dev.hansa.server.http.SampleReports.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.proto.Task;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More than the coordinator works on at once: here four requests, of which two may be new work and three uploads. */
@Timeout(120)
class TooMuchTest {
    private static final int HALF = 20;
    private static final String RUN = TestCoordinator.RUN.replace("nodes: 2", "nodes: 5")
            .replace("rounds: 3", "rounds: 1");

    @TempDir
    Path folder;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        threads.close();
    }

    @Test
    void whatNodesHaveDoneIsTakenInBeforeTheyAreGivenMoreAndNothingIsLost() throws IOException {
        Duration usual = Duration.ofMinutes(1);
        PortLimits limits = new PortLimits(100, usual, usual, usual, 4, Duration.ZERO);
        List<CompletableFuture<HttpResponse<byte[]>>> idle;
        try (TestCoordinator coordinator = new TestCoordinator(folder, limits)) {
            idle = waitingNodes(coordinator, 6);
            String run = coordinator.submit(RUN).id();
            List<TestNode> nodes = IntStream.range(0, 5)
                    .mapToObj(i -> TestNode.join(coordinator, "node-" + i, "numbers")).toList();
            nodes.forEach(node -> node.report(node.nextTask().getId(), described()));
            List<Task> tasks = nodes.stream().map(TestNode::nextTask).toList();
            List<Socket> halves = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                halves.add(uploadHalf(nodes.get(i), tasks.get(i), update(i), run));
            }

            TestNode late = nodes.get(3);
            Task task = tasks.get(3);
            assertThatItIsTurnedAway(late.get(updatePath(task.getId(), update(3))));
            assertThatItIsTurnedAway(late.upload(task.getId(), update(3)));
            assertThatItIsTurnedAway(late.get(Endpoints.NEXT_TASK));
            assertThatItIsTurnedAway(late.get(Endpoints.at(Endpoints.BLOB,
                    Sha256.fromBytes(task.getFit().getParameters().getSha256().toByteArray()).hex())));
            byte[] small = update(4);
            assertThat(nodes.get(4).report(tasks.get(4).getId(), fitted(small).toBuilder()
                    .setContent(ByteString.copyFrom(small)).build()).statusCode()).isEqualTo(204);

            for (int i = 0; i < 3; i++) {
                uploadRest(halves.get(i), update(i));
            }
            assertThat(late.upload(task.getId(), update(3)).statusCode()).isEqualTo(204);
            for (int i = 0; i < 4; i++) {
                assertThat(nodes.get(i).report(tasks.get(i).getId(), fitted(update(i))).statusCode()).isEqualTo(204);
            }
            nodes.forEach(node -> node.report(node.nextTask().getId(), evaluated()));
            coordinator.await(run, RunEvent.RoundCommitted.class);
            assertThat(coordinator.events(run, 0)).filteredOn(
                    event -> event.event() instanceof RunEvent.ClientAnswered answer && answer.phase() == Phase.FIT)
                    .hasSize(5);
        }
        assertThat(idle).as("who only waits takes no place").allSatisfy(
                answer -> assertThat(answer.orTimeout(50, TimeUnit.SECONDS).join().statusCode()).isEqualTo(200));
    }

    /** Nodes that wait for work which does not come. */
    private List<CompletableFuture<HttpResponse<byte[]>>> waitingNodes(TestCoordinator coordinator, int count) {
        return IntStream.range(0, count).mapToObj(i -> TestNode.join(coordinator, "idle-" + i, "others"))
                .map(node -> CompletableFuture.supplyAsync(() -> node.get(Endpoints.NEXT_TASK + "?wait=30"), threads))
                .toList();
    }

    /** Returns when the coordinator has half of the update. */
    private Socket uploadHalf(TestNode node, Task task, byte[] update, String run) throws IOException {
        Socket connection =
                node.beginPut(updatePath(task.getId(), update) + "?offset=0&size=" + update.length, update.length);
        connection.getOutputStream().write(update, 0, HALF);
        Path spooled = folder.resolve("runs").resolve(run).resolve("spool")
                .resolve(task.getId() + "-" + Sha256.of(update).hex());
        await().until(() -> Files.exists(spooled) && Files.size(spooled) == HALF);
        return connection;
    }

    private static void uploadRest(Socket connection, byte[] update) throws IOException {
        try (connection) {
            connection.getOutputStream().write(update, HALF, update.length - HALF);
            assertThat(new String(connection.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 204");
        }
    }

    private static void assertThatItIsTurnedAway(HttpResponse<byte[]> answer) {
        assertThat(error(answer)).isEqualTo("503 busy");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(5L, 10L);
    }
}
