package dev.hansa.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.RunState;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.trust.ServerCertificate;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.trust.Secret;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a coordinator that hangs up on the first requests, as one that is killed does. */
class SubmissionTest {
    private static final String RUN = """
            {"id": "r-1", "name": "lines", "purpose": "", "state": STATE, "round": 0, "rounds": 3,
             "submitted": "2026-03-04T15:06:07Z", "reason": "", "nodes": 2, "minimumReports": 2, "present": [],
             "refused": {}, "evaluation": {}, "history": []}""";

    @TempDir
    private Path folder;
    private DataDirectory directory;
    private HttpsServer server;
    private Operator operator;
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile int failures;

    @BeforeEach
    void serve() throws Exception {
        directory = DataDirectory.open(folder);
        ServerCertificate certificate = ServerCertificate.open(directory, List.of(), Instant.now());
        KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(certificate.keyStore(), new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/v1/runs", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst(HeaderNames.IDEMPOTENCY_KEY));
            if (keys.size() > failures) {
                byte[] body = RUN.replace("STATE", Json.mapper().writeValueAsString(RunState.WAITING))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(201, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        operator = new Operator(new Token(Token.Kind.OPERATOR,
                URI.create("https://localhost:" + server.getAddress().getPort()), certificate.fingerprint(),
                Secret.random()));
    }

    @AfterEach
    void stop() throws IOException {
        operator.close();
        server.stop(0);
        directory.close();
    }

    private Submission within(Duration most) {
        return new Submission(operator, messages::add, most);
    }

    @Test
    void whatWasPerhapsReceivedIsSentAgainWithTheSameKey() throws InterruptedException {
        failures = 1;
        assertThat(within(Duration.ofMinutes(1)).send("hansa: 1\n").id()).isEqualTo("r-1");
        assertThat(keys).hasSizeGreaterThanOrEqualTo(2);
        assertThat(keys.stream().distinct()).hasSize(1);
        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst()).contains("does not answer", "trying again");
        assertThat(messages.getLast()).isEqualTo("the coordinator is back");
    }

    @Test
    void afterItsTimeItGivesUp() {
        failures = Integer.MAX_VALUE;
        assertThatThrownBy(() -> within(Duration.ofMillis(1)).send("hansa: 1\n"))
                .isInstanceOf(UnreachableException.class).hasMessageContaining("does not answer");
        assertThat(keys).hasSizeGreaterThanOrEqualTo(2);
        assertThat(messages).hasSize(1);
    }
}
