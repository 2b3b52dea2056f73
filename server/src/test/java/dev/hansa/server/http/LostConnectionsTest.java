package dev.hansa.server.http;

import static dev.hansa.server.TestNode.updatePath;
import static dev.hansa.server.http.SampleReports.described;
import static dev.hansa.server.http.SampleReports.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.proto.Blob;
import dev.hansa.wire.proto.Task;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node loses its connections, of which the coordinator sees nothing for a long time: nothing more comes, that is all. */
@Timeout(60)
class LostConnectionsTest {
    private static final int PIECE = 7;
    private static final Duration LONG = Duration.ofMinutes(10);
    /** Three of them for uploads, fewer than the node loses. */
    private static final PortLimits LIMITS = new PortLimits(100, LONG, LONG, LONG, 4, LONG);

    @TempDir
    Path folder;

    @Test
    void anUploadGoesOnOverTheNextConnectionAtOnceHoweverManyWereLost() throws IOException {
        List<Socket> lost = new ArrayList<>();
        try (TestCoordinator coordinator = new TestCoordinator(folder, LIMITS)) {
            String run = coordinator.submit(TestCoordinator.RUN).id();
            List<TestNode> nodes = List.of(TestNode.join(coordinator, "alice", "numbers"),
                    TestNode.join(coordinator, "bob", "numbers"));
            nodes.forEach(node -> node.report(node.nextTask().getId(), described()));
            TestNode alice = nodes.getFirst();
            Task task = alice.nextTask();
            byte[] update = update(1);
            Path spooled = folder.resolve("runs").resolve(run).resolve("spool")
                    .resolve(task.getId() + "-" + Sha256.of(update).hex());
            int sent = 0;
            for (; sent < 5 * PIECE; sent += PIECE) {
                lost.add(uploadFrom(alice, task, update, sent, PIECE));
                int have = sent + PIECE;
                await().until(() -> Files.exists(spooled) && Files.size(spooled) == have);
            }
            try (Socket last = uploadFrom(alice, task, update, sent, update.length - sent)) {
                assertThat(new String(last.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 204");
            }
            assertThatItIsClosed(lost.getFirst());
        } finally {
            for (Socket socket : lost) {
                socket.close();
            }
        }
    }

    @Test
    void soDoesADownload() throws IOException {
        List<Socket> lost = new ArrayList<>();
        try (TestCoordinator coordinator = new TestCoordinator(folder, LIMITS)) {
            coordinator
                    .submit(TestCoordinator.RUN.replace("model: linear", "model: {type: mlp, hidden: [3000, 2000]}"));
            List<TestNode> nodes = List.of(TestNode.join(coordinator, "alice", "numbers"),
                    TestNode.join(coordinator, "bob", "numbers"));
            nodes.forEach(node -> node.report(node.nextTask().getId(), described()));
            TestNode alice = nodes.getFirst();
            Blob model = alice.nextTask().getFit().getParameters();
            String path = Endpoints.at(Endpoints.BLOB, Sha256.fromBytes(model.getSha256().toByteArray()).hex());
            for (int i = 0; i < 4; i++) { // of which nobody reads more than the beginning
                Socket socket = alice.beginGet(path);
                lost.add(socket);
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
            }
            assertThat(alice.get(path).body()).hasSize((int) model.getSizeBytes());
        } finally {
            for (Socket socket : lost) {
                socket.close();
            }
        }
    }

    private static Socket uploadFrom(TestNode node, Task task, byte[] update, int offset, int bytes)
            throws IOException {
        Socket connection = node.beginPut(
                updatePath(task.getId(), update) + "?offset=" + offset + "&size=" + update.length,
                update.length - offset);
        connection.getOutputStream().write(update, offset, bytes);
        return connection;
    }

    private static void assertThatItIsClosed(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
