package dev.hansa.server.http;

import static dev.hansa.server.TestNode.updatePath;
import static dev.hansa.server.http.SampleReports.described;
import static dev.hansa.server.http.SampleReports.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.server.Threads;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.proto.Task;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that stops does not wait for the end of a long transfer, and keeps what has come of it. */
@Timeout(60)
class StoppedUploadTest {
    private static final int FIRST = 20;

    @TempDir
    Path folder;

    @Test
    void anUploadThatIsUnderWayIsBrokenOffAndGoesOnAfterTheNextStart() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                TestCoordinator first = new TestCoordinator(folder.resolve("data"))) {
            first.submit(TestCoordinator.RUN);
            List<TestNode> nodes = List.of(TestNode.join(first, "alice", "numbers"),
                    TestNode.join(first, "bob", "numbers"));
            TestNode idle = TestNode.join(first, "idle", "others");
            nodes.forEach(node -> node.report(node.nextTask().getId(), described()));
            Task task = nodes.getFirst().nextTask();
            byte[] update = update(1);
            String path = updatePath(task.getId(), update);
            try (Socket upload = nodes.getFirst().beginPut(path + "?offset=0&size=" + update.length, update.length)) {
                CompletableFuture<HttpResponse<byte[]>> waiting =
                        CompletableFuture.supplyAsync(() -> idle.get(Endpoints.NEXT_TASK + "?wait=30"), threads);
                Threads.awaitIn(folder, "TaskBoard.next");
                Threads.awaitIn(folder, "WorkEndpoints.receive");
                CompletableFuture<Void> stopped = CompletableFuture.runAsync(first::close, threads);
                waiting.join(); // the coordinator is stopping
                upload.getOutputStream().write(update, 0, FIRST);

                assertThat(new String(upload.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 503");
                stopped.join();
            }

            try (TestCoordinator second = new TestCoordinator(folder.resolve("data"))) {
                HttpResponse<byte[]> offset = nodes.getFirst().at(second).get(path);
                assertThat(offset.headers().firstValueAsLong(HeaderNames.OFFSET)).hasValue(FIRST);
            }
        }
    }
}
