package dev.hansa.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.proto.Error;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.PinnedTrustManager;
import dev.hansa.wire.trust.RequestSignature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Those whom nobody let in ask and ask: unsigned, signed by a key that no node has, or with a guessed operator token.
 *
 * <p>{@code -Dhansa.strangers=1000} lets fewer of them ask, {@code -Dhansa.strangers=1000000} more.
 */
@Timeout(300)
class StrangersTest {
    private static final int REQUESTS = Integer.getInteger("hansa.strangers", 100_000);
    private static final int CONNECTIONS = 4;
    private static final int BATCH = 50;
    /** More bodies than a node may send at once. */
    private static final int MANY = Bodies.TOTAL_BYTES / 32 / Bodies.LIMIT_BYTES + 1;
    /** What a coordinator may hold on to afterwards: less than 1 KiB a request, even of the fewest. */
    private static final long MORE_BYTES = 16 << 20;

    @TempDir
    Path folder;

    @Test
    void neitherFillTheMemoryNorKeepANodeFromItsTask() {
        try (TestCoordinator coordinator = new TestCoordinator(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestNode alice = TestNode.join(coordinator, "alice", "numbers");
            TestNode.join(coordinator, "bob", "numbers");
            ask(coordinator, 10 * BATCH); // what is made once is there
            long before = usedBytes();
            List<CompletableFuture<Void>> strangers = new ArrayList<>();
            CountDownLatch given = new CountDownLatch(1);
            for (int i = 0; i < CONNECTIONS; i++) {
                strangers.add(CompletableFuture.runAsync(() -> {
                    for (int asked = 0; asked < REQUESTS / CONNECTIONS || given.getCount() > 0; asked += 20 * BATCH) {
                        ask(coordinator, 20 * BATCH);
                    }
                }, threads));
            }
            coordinator.submit(TestCoordinator.RUN);
            assertThat(alice.nextTask().hasDescribe()).isTrue();
            given.countDown();
            strangers.forEach(CompletableFuture::join);
            assertThat(usedBytes() - before).isLessThan(MORE_BYTES);
        }
    }

    @Test
    void areAnsweredBeforeTheirBodyIsThereWhomeverTheyClaimToBe() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            TestNode bob = TestNode.join(coordinator, "bob", "numbers");
            TestNode.join(coordinator, "gone", "numbers");
            coordinator.operate("DELETE", Endpoints.at(Endpoints.NODE, "gone"), "");
            Set<String> answers = new HashSet<>();
            try {
                for (String name : List.of("bob", "gone", "nobody")) {
                    for (int i = 0; i < MANY; i++) {
                        Socket socket = connect(coordinator);
                        sockets.add(socket);
                        answers.add(hold(socket, name, coordinator.clock().millis()));
                    }
                }
                assertThat(answers).singleElement().asString().startsWith("HTTP/1.1 401 ").contains("unknown-node");
                assertThat(bob.hello("numbers").statusCode()).as("bob is not kept out").isEqualTo(204);
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    /** Sends all of the largest body but its last byte, with what looks like a signature; the answer but for its time. */
    private static String hold(Socket socket, String name, long now) throws IOException {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(("POST /v1/hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + Bodies.LIMIT_BYTES + "\r\n" + HeaderNames.NODE + ": " + name + "\r\n" + HeaderNames.TIME + ": " + now
                + "\r\n" + HeaderNames.DIGEST + ": " + "0".repeat(64) + "\r\n" + HeaderNames.SIGNATURE + ": "
                + "A".repeat(86) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[Bodies.LIMIT_BYTES - 1]);
        String status = line(socket.getInputStream());
        return status + " " + Error.parseFrom(rest(socket.getInputStream())).toBuilder().clearTimeMillis();
    }

    private static void ask(TestCoordinator coordinator, int requests) {
        try (Socket socket = connect(coordinator);
                InputStream answers = new BufferedInputStream(socket.getInputStream())) {
            byte[] batch = batch(coordinator.clock()).getBytes(StandardCharsets.US_ASCII);
            for (int sent = 0; sent < requests; sent += BATCH) {
                socket.getOutputStream().write(batch);
                socket.getOutputStream().flush();
                for (int i = 0; i < BATCH; i++) {
                    assertThat(answer(answers)).startsWith("HTTP/1.1 401 ");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String batch(Clock clock) {
        NodeKey key = NodeKey.generate();
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < BATCH; i++) {
            String path = "/v1/tasks/next?wait=" + i;
            String signature = RequestSignature.of("GET", path, clock.millis(), new byte[0]).sign(key);
            batch.append(switch (i % 3) {
                case 0 -> request("/v1/runs", "Authorization: Bearer " + signature.substring(0, 43));
                case 1 -> request("/v1/nodes", "X-Nothing: " + i);
                default -> request(path, HeaderNames.NODE + ": stranger-" + i + "\r\n" + HeaderNames.TIME + ": "
                        + clock.millis() + "\r\n" + HeaderNames.SIGNATURE + ": " + signature);
            });
        }
        return batch.toString();
    }

    private static String request(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n";
    }

    /** The status line of the next answer, all of which is read. */
    private static String answer(InputStream answers) throws IOException {
        String status = line(answers);
        rest(answers);
        return status;
    }

    /** The body of an answer whose status line has been read. */
    private static byte[] rest(InputStream answers) throws IOException {
        int length = 0;
        for (String header = line(answers); !header.isEmpty(); header = line(answers)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring("content-length:".length()).strip());
            }
        }
        return answers.readNBytes(length);
    }

    private static String line(InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("the connection ended after: " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Socket connect(TestCoordinator coordinator) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new PinnedTrustManager(
                    coordinator.coordinator().operatorToken().fingerprint(), Clock.systemUTC())}, null);
            return context.getSocketFactory().createSocket("localhost",
                    coordinator.coordinator().address().getPort());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
