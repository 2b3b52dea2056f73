package dev.hansa.server.http;

import static dev.hansa.server.TestNode.updatePath;
import static dev.hansa.server.http.SampleReports.described;
import static dev.hansa.server.http.SampleReports.fitted;
import static dev.hansa.server.http.SampleReports.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.server.Threads;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.proto.Task;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator that stops does not wait for the end of a long transfer, and keeps what has come of it; a report that is
 * coming in it takes.
 */
@Timeout(60)
class StoppedTransfersTest {
    private static final int FIRST = 20;

    @TempDir
    Path folder;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private List<TestNode> nodes = List.of();

    @AfterEach
    void end() {
        threads.close();
    }

    @Test
    void anUploadThatIsUnderWayIsBrokenOffAndGoesOnAfterTheNextStart() throws IOException {
        try (TestCoordinator first = start()) {
            TestNode alice = describedNodes(first);
            Task task = alice.nextTask();
            byte[] update = update(1);
            String path = updatePath(task.getId(), update);
            try (Socket upload = alice.beginPut(path + "?offset=0&size=" + update.length, update.length)) {
                Threads.awaitIn(folder, "WorkEndpoints.receive");
                CompletableFuture<Void> stopped = beginToStop(first);
                upload.getOutputStream().write(update, 0, FIRST);

                assertThat(status(upload)).isEqualTo("HTTP/1.1 503");
                stopped.orTimeout(50, TimeUnit.SECONDS).join();
            }

            try (TestCoordinator second = start()) {
                HttpResponse<byte[]> offset = await().until(() -> alice.at(second).get(path),
                        answer -> answer.statusCode() != 503); // until its run has gone on
                assertThat(offset.headers().firstValueAsLong(HeaderNames.OFFSET)).hasValue(FIRST);
            }
        }
    }

    @Test
    void aReportThatIsUnderWayIsTakenAndCounts() throws IOException {
        try (TestCoordinator first = start()) {
            TestNode alice = describedNodes(first);
            Task task = alice.nextTask();
            byte[] report = fitted(update(1)).toBuilder().setContent(ByteString.copyFrom(update(1))).build()
                    .toByteArray();
            try (Socket post = alice.beginPost(Endpoints.at(Endpoints.REPORT, task.getId()), report)) {
                post.getOutputStream().write(report, 0, report.length - 1);
                Threads.awaitIn(folder, "Bodies.read");
                CompletableFuture<Void> stopped = beginToStop(first);
                post.getOutputStream().write(report, report.length - 1, 1);

                assertThat(status(post)).isEqualTo("HTTP/1.1 204");
                stopped.orTimeout(50, TimeUnit.SECONDS).join();
            }

            try (TestCoordinator second = start()) {
                TestNode aliceAgain = alice.at(second);
                TestNode bob = nodes.getLast().at(second);
                bob.report(bob.nextTask().getId(), fitted(update(2)).toBuilder()
                        .setContent(ByteString.copyFrom(update(2))).build());
                assertThat(aliceAgain.nextTask().hasEvaluate()).as("nothing more to train in this round").isTrue();
            }
        }
    }

    private TestCoordinator start() {
        return new TestCoordinator(folder.resolve("data"));
    }

    /** Of two nodes that have told of their data the first. */
    private TestNode describedNodes(TestCoordinator coordinator) {
        coordinator.submit(TestCoordinator.RUN);
        nodes = List.of(TestNode.join(coordinator, "alice", "numbers"), TestNode.join(coordinator, "bob", "numbers"));
        nodes.forEach(node -> node.report(node.nextTask().getId(), described()));
        return nodes.getFirst();
    }

    /** Returns when the coordinator has begun to stop, which a node hears that waits for work. */
    private CompletableFuture<Void> beginToStop(TestCoordinator coordinator) {
        TestNode idle = TestNode.join(coordinator, "idle", "others");
        CompletableFuture<HttpResponse<byte[]>> waiting =
                CompletableFuture.supplyAsync(() -> idle.get(Endpoints.NEXT_TASK + "?wait=30"), threads);
        Threads.awaitIn(folder, "TaskBoard.next");
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(coordinator::close, threads);
        waiting.orTimeout(50, TimeUnit.SECONDS).join();
        return stopped;
    }

    private static String status(Socket connection) throws IOException {
        return new String(connection.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
}
