package dev.hansa.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.trust.PinnedTrustManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Those who connect and then do not say what they want, over real sockets. */
@Timeout(60)
class SlowSendersTest {
    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final String HEALTH = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir
    Path folder;

    @Test
    void withoutASignatureOfNowNoBodyIsRead() throws IOException {
        try (TestCoordinator coordinator = new TestCoordinator(folder);
                Socket late = connect(coordinator);
                Socket vague = connect(coordinator)) {
            TestNode.join(coordinator, "alice", "numbers");
            long now = coordinator.clock().millis();
            say(late, hello("alice", now - 310_000, "A".repeat(86)));
            assertThat(statusLine(late)).contains(" 401 ");
            say(vague, hello("alice", now, "no signature"));
            assertThat(statusLine(vague)).contains(" 401 ");
        }
    }

    @Test
    void ofAStrangerWhoWantsToJoinOnlyLittleIsRead() throws IOException {
        try (TestCoordinator coordinator = new TestCoordinator(folder); Socket socket = connect(coordinator)) {
            say(socket, hello("alice", coordinator.clock().millis(), "A".repeat(86)).replace("/v1/hello", "/v1/join"));
            assertThat(statusLine(socket)).contains(" 413 ");
        }
    }

    @Test
    void headersThatDripAreCutOff() throws IOException {
        PortLimits limits = new PortLimits(100, SOON, NEVER, NEVER);
        try (TestCoordinator coordinator = new TestCoordinator(folder, limits); Socket socket = connect(coordinator)) {
            say(socket, HEALTH + "X: ");
            assertThatConnectionEndsWhileItDrips(socket);
        }
    }

    @Test
    void headersOfALaterRequestThatDripAreCutOff() throws IOException {
        PortLimits limits = new PortLimits(100, SOON, SOON, NEVER);
        try (TestCoordinator coordinator = new TestCoordinator(folder, limits); Socket socket = used(coordinator)) {
            say(socket, HEALTH + "X: ");
            assertThatConnectionEndsWhileItDrips(socket);
        }
    }

    @Test
    void whoNeverBeginsToSpeakTlsIsCutOff() throws IOException {
        PortLimits limits = new PortLimits(100, SOON, NEVER, NEVER);
        try (TestCoordinator coordinator = new TestCoordinator(folder, limits);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(),
                        coordinator.coordinator().address().getPort())) {
            socket.setSoTimeout(30_000);
            assertThat(ended(socket)).isTrue();
        }
    }

    @Test
    void aConnectionOfAnOperatorOutlivesTheTimeForHeaders() throws IOException {
        PortLimits limits = new PortLimits(100, SOON, NEVER, NEVER);
        try (TestCoordinator coordinator = new TestCoordinator(folder, limits)) {
            String question = HEALTH.replace("/health/live", "/v1/nodes") + authorization(coordinator) + "\r\n";
            try (Socket socket = used(coordinator, question)) {
                socket.setSoTimeout((int) SOON.multipliedBy(6).toMillis());
                while (true) { // the rest of the answer, and then nothing for longer than any stranger's connection lasts
                    try {
                        assertThat(socket.getInputStream().read()).isNotNegative();
                    } catch (SocketTimeoutException stillOpen) {
                        break;
                    }
                }
                socket.setSoTimeout(30_000);
                say(socket, question);
                assertThat(statusLine(socket)).contains(" 200 ");
            }
        }
    }

    @Test
    void aConnectionOfAStrangerEndsHoweverOftenItAsks() throws IOException {
        PortLimits limits = new PortLimits(100, SOON, NEVER, NEVER);
        try (TestCoordinator coordinator = new TestCoordinator(folder, limits); Socket socket = used(coordinator)) {
            socket.setSoTimeout(20);
            for (int asked = 0; asked < 1_000; asked++) {
                try {
                    say(socket, HEALTH + "\r\n");
                    if (ended(socket)) {
                        return;
                    }
                } catch (SocketTimeoutException stillOpen) {
                    // once more
                } catch (IOException cutOff) {
                    return;
                }
            }
            throw new AssertionError("the connection is still open");
        }
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedFor() throws IOException {
        PortLimits limits = new PortLimits(100, NEVER, SOON, NEVER);
        try (TestCoordinator coordinator = new TestCoordinator(folder, limits); Socket socket = connect(coordinator)) {
            say(socket, newRun(coordinator) + "hansa: ");
            assertThat(statusLine(socket)).contains(" 408 ");
        }
    }

    @Test
    void aBodyThatDripsIsNotWaitedFor() throws IOException {
        PortLimits limits = new PortLimits(100, NEVER, NEVER, SOON);
        try (TestCoordinator coordinator = new TestCoordinator(folder, limits); Socket socket = connect(coordinator)) {
            say(socket, newRun(coordinator));
            socket.setSoTimeout(20);
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().contains("HTTP/1.1 408 ")) {
                say(socket, "#");
                try {
                    answer.append((char) socket.getInputStream().read());
                } catch (SocketTimeoutException e) {
                    // not answered yet
                }
            }
        }
    }

    @Test
    void moreConnectionsThanAllowedWaitForOthersToEnd() throws IOException {
        PortLimits limits = new PortLimits(2, NEVER, NEVER, NEVER);
        try (TestCoordinator coordinator = new TestCoordinator(folder, limits);
                Socket first = connect(coordinator);
                Socket second = connect(coordinator)) {
            say(first, HEALTH + "\r\n");
            assertThat(statusLine(first)).contains(" 200 ");
            say(second, HEALTH + "\r\n");
            assertThat(statusLine(second)).contains(" 200 ");
            try (Socket third = connect(coordinator)) {
                third.setSoTimeout(500);
                assertThatThrownBy(() -> say(third, HEALTH + "\r\n")).isInstanceOf(SocketTimeoutException.class);
            }
            first.close();
            try (Socket fourth = connect(coordinator)) {
                say(fourth, HEALTH + "\r\n");
                assertThat(statusLine(fourth)).contains(" 200 ");
            }
        }
    }

    private static Socket used(TestCoordinator coordinator) throws IOException {
        return used(coordinator, HEALTH + "\r\n");
    }

    /** A connection with an answered request; one that was cut before, as a busy machine is slow, is tried anew. */
    private static Socket used(TestCoordinator coordinator, String question) throws IOException {
        while (true) {
            Socket socket = connect(coordinator);
            try {
                say(socket, question);
                if (statusLine(socket).contains(" 200 ")) {
                    return socket;
                }
            } catch (IOException tooSlow) {
                // as above
            }
            socket.close();
        }
    }

    private static String hello(String node, long time, String signature) {
        return "POST /v1/hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n" + HeaderNames.NODE + ": "
                + node + "\r\n" + HeaderNames.TIME + ": " + time + "\r\n" + HeaderNames.SIGNATURE + ": " + signature
                + "\r\n" + HeaderNames.DIGEST + ": " + "0".repeat(64) + "\r\n\r\n";
    }

    private static String newRun(TestCoordinator coordinator) {
        return "POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
                + authorization(coordinator) + "\r\n";
    }

    private static String authorization(TestCoordinator coordinator) {
        return "Authorization: Bearer " + coordinator.coordinator().operatorToken().secret().reveal() + "\r\n";
    }

    /** Sends a byte every now and then, for as long as the other side listens. */
    private static void assertThatConnectionEndsWhileItDrips(Socket socket) throws IOException {
        socket.setSoTimeout(20);
        for (int drops = 0; drops < 1_000; drops++) {
            try {
                say(socket, "x");
                if (ended(socket)) {
                    return;
                }
            } catch (SocketTimeoutException e) {
                // still open
            } catch (IOException cutOff) {
                return;
            }
        }
        throw new AssertionError("the connection is still open");
    }

    private static boolean ended(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // what is left of an answer
            }
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return true;
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String statusLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read(); next >= 0 && next != '\r'; next =
                socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static Socket connect(TestCoordinator coordinator) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new PinnedTrustManager(
                    coordinator.coordinator().operatorToken().fingerprint(), Clock.systemUTC())}, null);
            Socket socket = context.getSocketFactory().createSocket("localhost",
                    coordinator.coordinator().address().getPort());
            socket.setSoTimeout(30_000);
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
