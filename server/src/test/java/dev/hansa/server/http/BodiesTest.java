package dev.hansa.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.server.Https;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.trust.ServerCertificate;
import dev.hansa.wire.trust.Secret;
import dev.hansa.wire.trust.Token;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BodiesTest {
    @TempDir
    Path folder;

    @Test
    void allBodiesTogetherAreBoundedAndGiveBackWhatTheyTook() {
        Bodies bodies = new Bodies(Duration.ofMinutes(1), 10, new Load(1, Duration.ZERO));
        assertThatSoManyBytesAreRead(10, bodies::read);
    }

    @Test
    void strangersGetAQuarterOfTheRoomAndANodeAThirtySecond() {
        Bodies bodies = new Bodies(Duration.ofMinutes(1), 64, new Load(1, Duration.ZERO));
        assertThatSoManyBytesAreRead(16, request -> bodies.readOfStranger(request, Bodies.LIMIT_BYTES));
        assertThatSoManyBytesAreRead(2, request -> bodies.read(request, "alice"));
        assertThatSoManyBytesAreRead(64, bodies::read);
    }

    @Test
    void strangersCannotTakeTheRoomOfNodesByBodiesThatDoNotCome() {
        Bodies bodies = new Bodies(Duration.ofMinutes(1), 64, new Load(1, Duration.ZERO));
        serve(request -> request.queryParam("node") == null ? bodies.readOfStranger(request, 64)
                : bodies.read(request, "alice"), https -> {
                    try (Socket _ = announce(https, "Content-Length: 16")) {
                        await().until(() -> post(https, 1).statusCode() == 503);
                        assertThat(https.send("POST", "/count?node", BodyPublishers.ofString("ab")).body()).asString()
                                .isEqualTo("2");
                    }
                    await().until(() -> post(https, 16).statusCode() == 200);
                });
    }

    @Test
    void aBodyOfWhichNobodyKnowsHowLongItWillBeIsRefused() {
        Bodies bodies = new Bodies(Duration.ofMinutes(1), 64, new Load(1, Duration.ZERO));
        serve(bodies::read, https -> {
            HttpResponse<byte[]> answer =
                    https.send("POST", "/count", BodyPublishers.ofInputStream(InputStream::nullInputStream));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).asString().contains("Content-Length");
            try (Socket none = announce(https, "Connection: close")) {
                assertThat(new String(none.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n0");
            }
        });
    }

    private void assertThatSoManyBytesAreRead(int most, Reading reading) {
        serve(reading, https -> {
            for (int time = 0; time < 3; time++) {
                assertThat(post(https, most).body()).asString().isEqualTo(Integer.toString(most));
                HttpResponse<byte[]> tooMuch = post(https, most + 1);
                assertThat(tooMuch.statusCode()).isEqualTo(503);
                assertThat(tooMuch.headers().firstValue("Retry-After")).isPresent();
            }
        });
    }

    /** Counts the bytes of bodies. */
    private void serve(Reading reading, Asking asking) {
        Clock clock = Clock.systemUTC();
        Port port = Port.bind("127.0.0.1", 0);
        try (DataDirectory directory = DataDirectory.open(folder)) {
            ServerCertificate certificate = ServerCertificate.open(directory, List.of(), clock.instant());
            Https https = new Https(new Token(Token.Kind.OPERATOR, URI.create("https://localhost:" + port.number()),
                    certificate.fingerprint(), Secret.random()));
            try (HttpServer server = HttpServer.start(port, certificate.keyStore(), PortLimits.USUAL, clock,
                    directory.diskFull(), List.of(routes -> routes.post("/count", request -> {
                        try (Bodies.Body body = reading.of(request)) {
                            request.result(Integer.toString(body.bytes().length));
                        }
                    })))) {
                assertThat(server).isNotNull();
                asking.ask(https);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<byte[]> post(Https https, int bytes) {
        return https.send("POST", "/count", BodyPublishers.ofByteArray(new byte[bytes]));
    }

    /** Sends the head of a request, and nothing of its body. */
    private static Socket announce(Https https, String header) throws IOException {
        Socket socket = https.connect();
        socket.getOutputStream().write(("POST /count HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** What is asked of the port. */
    private interface Asking {
        void ask(Https https) throws IOException;
    }

    /** How a body is read. */
    private interface Reading {
        Bodies.Body of(Context request) throws IOException;
    }
}
