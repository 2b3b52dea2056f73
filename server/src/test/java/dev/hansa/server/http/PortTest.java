package dev.hansa.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hansa.core.FederationException;
import dev.hansa.server.Coordinator;
import dev.hansa.server.CoordinatorConfig;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.trust.PinnedTrustManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class PortTest {
    @TempDir
    Path folder;

    @Test
    void aPortInUseIsNamed() {
        try (TestCoordinator first = new TestCoordinator(folder.resolve("first"))) {
            int port = first.coordinator().address().getPort();
            CoordinatorConfig second = new CoordinatorConfig(folder.resolve("second"), "127.0.0.1", port, List.of(),
                    Clock.systemUTC());
            assertThatThrownBy(() -> Coordinator.start(second)).isInstanceOf(FederationException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1, port " + port)
                    .hasMessageContaining("another program uses the port");
        }
        new TestCoordinator(folder.resolve("second")).close(); // what failed has let go of the directory
    }

    @Test
    void aSecondCoordinatorOnTheDirectoryIsRefused() {
        try (TestCoordinator first = new TestCoordinator(folder)) {
            assertThatThrownBy(() -> new TestCoordinator(folder)).isInstanceOf(FederationException.class)
                    .hasMessageContaining("another coordinator runs");
            assertThat(health(first)).isEqualTo(200);
        }
    }

    @Test
    void anInterruptDoesNotKeepACoordinatorFromClosing() {
        TestCoordinator first = new TestCoordinator(folder);
        int port = first.coordinator().address().getPort();
        first.submit(TestCoordinator.RUN);
        Thread.currentThread().interrupt();
        first.close();
        assertThat(Thread.interrupted()).isTrue();
        Coordinator.start(new CoordinatorConfig(folder, "127.0.0.1", port, List.of(), Clock.systemUTC())).close();
    }

    @Test
    void theSecretsOfACoordinatorOutliveIt() {
        TestCoordinator first = new TestCoordinator(folder);
        var token = first.coordinator().operatorToken();
        first.close();
        try (TestCoordinator second = new TestCoordinator(folder)) {
            assertThat(second.coordinator().operatorToken().secret()).isEqualTo(token.secret());
            assertThat(second.coordinator().operatorToken().fingerprint()).isEqualTo(token.fingerprint());
        }
    }

    @Test
    void aNodeJoinsOverIpv6() {
        assumeTrue(hasIpv6(), "this machine has no IPv6");
        for (String host : List.of("::1", "[::1]")) {
            try (TestCoordinator coordinator =
                    new TestCoordinator(folder.resolve("data" + host.length()), host, List.of(host),
                            PortLimits.USUAL)) {
                assertThat(coordinator.coordinator().address().getHost()).isEqualTo("[::1]");
                assertThat(coordinator.joinToken().address()).isEqualTo(coordinator.coordinator().address());
                assertThat(TestNode.join(coordinator, "alice", "numbers").hello("numbers").statusCode()).isEqualTo(204);
            }
        }
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void garbageOnThePortDoesNoHarmAndFillsNoLog() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            root.addAppender(log);
            byte[] garbage = new byte[4096];
            new SplittableRandom(1).nextBytes(garbage);
            send(coordinator, garbage);
            send(coordinator, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            send(coordinator, new byte[]{0x16, 3, 1, 2, 0, 1, 0});
            sendOverTls(coordinator, garbage);
            assertThat(health(coordinator)).isEqualTo(200);
            root.detachAppender(log);
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO)).isEmpty();
    }

    /** The answer must be the alert {@code protocol_version}, not one about what else may be wrong with the greeting. */
    @Test
    void tlsBefore12IsRefusedEvenIfJavaSpeaksIt() throws IOException {
        try (LenientProcess coordinator = new LenientProcess(folder)) {
            for (int minor : new int[]{1, 2}) {
                byte[] alert = greet(coordinator.port(), clientHello(minor));
                assertThat(alert[0]).as("kind of record").isEqualTo((byte) 21);
                assertThat(alert[6]).as("description of the alert").isEqualTo((byte) 70);
            }
            assertThat(greet(coordinator.port(), clientHello(3))[0]).as("TLS 1.2: a handshake").isEqualTo((byte) 22);
        }
    }

    @Test
    void tls12AndLaterAreSpoken() throws Exception {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            assertThat(handshake(coordinator, "TLSv1.2")).isEqualTo("TLSv1.2");
            assertThat(handshake(coordinator, "TLSv1.3")).isEqualTo("TLSv1.3");
        }
    }

    /** The first seven bytes of the answer: a record's header, and of an alert its level and description. */
    private static byte[] greet(int port, byte[] hello) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(hello);
            return socket.getInputStream().readNBytes(7);
        }
    }

    /** The greeting of a client that speaks TLS up to 1.0, 1.1 or 1.2 (minor version 1, 2 or 3). */
    private static byte[] clientHello(int minor) {
        String suites = "c02b" + "c02c" + "c009" + "c00a" + "c013" + "c014" + "002f" + "0035";
        String extensions = "000a00040002" + "0017" // named groups: secp256r1
                + "000b00020100" // points uncompressed
                + (minor == 3 ? "000d00040002" + "0403" : ""); // signatures: ECDSA with SHA-256
        String body = "030" + minor + "5a".repeat(32) + "00" + length(suites) + suites + "0100" + length(extensions)
                + extensions;
        String message = "01" + "00" + length(body) + body;
        return HexFormat.of().parseHex("160301" + length(message) + message);
    }

    private static String length(String hex) {
        return HexFormat.of().toHexDigits((short) (hex.length() / 2));
    }

    private static int health(TestCoordinator coordinator) {
        return coordinator.https().send("GET", Endpoints.LIVE, BodyPublishers.noBody()).statusCode();
    }

    private static void send(TestCoordinator coordinator, byte[] bytes) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), coordinator.coordinator().address().getPort())) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            drain(socket);
        }
    }

    private static void sendOverTls(TestCoordinator coordinator, byte[] bytes) throws IOException {
        try (SSLSocket socket = connect(coordinator)) {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            drain(socket);
        }
    }

    private static void drain(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.readAllBytes();
        } catch (IOException e) {
            // the server has hung up
        }
    }

    private static String handshake(TestCoordinator coordinator, String version) throws IOException {
        try (SSLSocket socket = connect(coordinator)) {
            socket.setEnabledProtocols(new String[]{version});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    private static SSLSocket connect(TestCoordinator coordinator) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new PinnedTrustManager(
                    coordinator.coordinator().operatorToken().fingerprint(), Clock.systemUTC())}, null);
            return (SSLSocket) context.getSocketFactory().createSocket("localhost",
                    coordinator.coordinator().address().getPort());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
