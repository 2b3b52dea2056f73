package dev.hansa.client.http;

import static dev.hansa.client.http.FakeCoordinator.bytes;
import static dev.hansa.client.http.FakeCoordinator.error;
import static dev.hansa.client.http.FakeCoordinator.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.proto.JoinRequest;
import dev.hansa.wire.proto.JoinResponse;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JoinTest {
    private static final String JOIN = "POST /v1/join";

    private final NodeKey key = NodeKey.generate();
    private final Secret secret = Secret.random();
    private final FakeTiming timing = new FakeTiming(10);
    private final RecordingListener listener = new RecordingListener();

    @Test
    void theCoordinatorNamesTheNode() throws Exception {
        try (FakeCoordinator coordinator = new FakeCoordinator()) {
            coordinator.know(key.publicKey()).on(JOIN, message(JoinResponse.newBuilder().setNode("alice").build()));
            assertThat(join(coordinator)).isEqualTo("alice");
            RecordedRequest request = coordinator.requests(JOIN).get(0);
            JoinRequest sent = JoinRequest.parseFrom(FakeCoordinator.body(request));
            assertThat(sent.getSecret().toByteArray()).isEqualTo(secret.toBytes());
            assertThat(sent.getPublicKey().toByteArray()).isEqualTo(key.publicKey().toDer());
            assertThat(sent.getName()).isEqualTo("hospital");
            assertThat(sent.getDataSetsList()).containsExactly("housing");
            assertThat(request.getHeaders().get(HeaderNames.NODE)).isNull();
            assertThat(request.getVersion()).isEqualTo("HTTP/2");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_TOKEN", "USED_TOKEN", "EXPIRED_TOKEN", "NAME_TAKEN"})
    void whatTheCoordinatorRefusesForGoodIsToldWithARemedy(ErrorCode code) throws Exception {
        try (FakeCoordinator coordinator = new FakeCoordinator()) {
            coordinator.on(JOIN, error(code, "it says why"));
            LinkException refusal = refusal(coordinator);
            assertThat(refusal.code()).isEqualTo(code.word());
            assertThat(refusal).hasMessageContainingAll("it says why; ", "localhost:");
            assertThat(refusal.getMessage()).doesNotContain(secret.reveal());
            assertThat(coordinator.requests(JOIN)).hasSize(1);
        }
    }

    @Test
    void anotherAuthorityThanTheTokensIsNotTrusted() throws Exception {
        try (FakeCoordinator coordinator = new FakeCoordinator();
                PinnedHttp http = new PinnedHttp(coordinator.address(), Sha256.of(new byte[0]))) {
            coordinator.on(JOIN, FakeCoordinator.ok());
            LinkException refusal = refusal(http);
            assertThat(refusal.code()).isEqualTo("wrong-fingerprint");
            assertThat(refusal).hasMessageContaining(coordinator.fingerprint().hex());
            assertThat(coordinator.requests(JOIN)).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherHostIsNotTrusted() throws Exception {
        try (FakeCoordinator coordinator = new FakeCoordinator("elsewhere.example")) {
            LinkException refusal = refusal(coordinator);
            assertThat(refusal.code()).isEqualTo("untrusted");
            assertThat(refusal).hasMessageContaining("its certificate does not name this host");
        }
    }

    @Test
    void aServerThatKnowsOnlyOldTlsIsNotTrusted() throws Exception {
        byte[] protocolVersionAlert = {21, 3, 2, 0, 2, 2, 70};
        try (ServerSocket old = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            Thread server = new Thread(() -> answerOnce(old, protocolVersionAlert));
            server.start();
            try (PinnedHttp http = new PinnedHttp(URI.create("https://localhost:" + old.getLocalPort()),
                    Sha256.of(new byte[0]))) {
                assertThat(refusal(http)).hasMessageContaining("does not agree to TLS 1.2 or newer");
            }
            server.join();
        }
    }

    private static void answerOnce(ServerSocket server, byte[] answer) {
        try (Socket socket = server.accept(); InputStream in = socket.getInputStream()) {
            in.read();
            socket.getOutputStream().write(answer);
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the client has gone, as it should
        }
    }

    @Test
    void aCoordinatorThatIsNotThereIsTriedAgainWithGrowingPauses() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            free = socket.getLocalPort();
        }
        try (PinnedHttp http = new PinnedHttp(URI.create("https://localhost:" + free), Sha256.of(new byte[0]))) {
            assertThat(catchThrowableOfType(InterruptedException.class, () -> join(http))).isNotNull();
        }
        assertThat(timing.pauses).extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 2500L, 2500L, 2500L, 2500L, 2500L, 2500L);
        assertThat(listener.told.get(5)).startsWith("retrying in 2500 ms: Failed to connect to localhost");
    }

    @Test
    void aBusyCoordinatorIsLeftAloneAsLongAsItAsksAndNodesComeBackOneByOne() throws Exception {
        try (FakeCoordinator coordinator = new FakeCoordinator()) {
            coordinator.on(JOIN,
                    request -> new MockResponse.Builder().code(503).addHeader("Retry-After", 7).build(),
                    request -> new MockResponse.Builder().code(500).body("<html>a proxy's words</html>").build(),
                    message(JoinResponse.newBuilder().setNode("alice").build()));
            assertThat(join(coordinator)).isEqualTo("alice");
            assertThat(timing.pauses).containsExactly(Duration.ofMillis(7000 + 2500), Duration.ofMillis(200));
            assertThat(listener.told).last().isEqualTo("reachable again");
        }
    }

    @Test
    void aWrongClockIsCorrectedByTheCoordinators() throws Exception {
        long coordinatorTime = timing.millis() + 3_600_000;
        try (FakeCoordinator coordinator = new FakeCoordinator()) {
            coordinator.know(key.publicKey()).on(JOIN, error(ErrorCode.CLOCK_SKEW, "too far off", coordinatorTime),
                    message(JoinResponse.newBuilder().setNode("alice").build()));
            assertThat(join(coordinator)).isEqualTo("alice");
            List<RecordedRequest> requests = coordinator.requests(JOIN);
            assertThat(requests.get(1).getHeaders().get(HeaderNames.TIME)).isEqualTo(Long.toString(coordinatorTime));
            assertThat(listener.told).containsExactly("clock corrected by 3600000 ms");
        }
    }

    @Test
    void anAnswerThatIsNoMessageIsNotUnderstood() throws Exception {
        try (FakeCoordinator coordinator = new FakeCoordinator()) {
            coordinator.on(JOIN, bytes("<html>hello</html>".getBytes(StandardCharsets.UTF_8)));
            assertThat(refusal(coordinator)).hasMessageContaining("cannot be understood");
        }
    }

    @Test
    void anAnswerWithoutNameIsNotUnderstood() throws Exception {
        try (FakeCoordinator coordinator = new FakeCoordinator()) {
            coordinator.on(JOIN, FakeCoordinator.ok());
            assertThat(refusal(coordinator)).hasMessageContaining("it gives the node no name");
        }
    }

    @Test
    void anAnswerLargerThanMessagesMayBeIsNotRead() throws Exception {
        try (FakeCoordinator coordinator = new FakeCoordinator()) {
            coordinator.on(JOIN, bytes(new byte[(1 << 20) + 1]));
            assertThat(refusal(coordinator)).hasMessageContaining("it is larger than 1048576 bytes");
        }
    }

    private String join(FakeCoordinator coordinator) throws InterruptedException {
        try (PinnedHttp http = new PinnedHttp(coordinator.address(), coordinator.fingerprint())) {
            return join(http);
        }
    }

    private String join(PinnedHttp http) throws InterruptedException {
        return new Join(http, key, listener, timing).send(secret, "hospital", "1", List.of("housing"));
    }

    private LinkException refusal(FakeCoordinator coordinator) {
        try (PinnedHttp http = new PinnedHttp(coordinator.address(), coordinator.fingerprint())) {
            return refusal(http);
        }
    }

    private LinkException refusal(PinnedHttp http) {
        return catchThrowableOfType(LinkException.class, () -> join(http));
    }
}
