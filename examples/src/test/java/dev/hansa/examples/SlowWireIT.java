package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.operator.RunFollower;
import dev.hansa.client.LoggingListener;
import dev.hansa.client.Node;
import dev.hansa.client.NodeDirectory;
import dev.hansa.client.data.CsvSource;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.Coordinator;
import dev.hansa.server.CoordinatorConfig;
import dev.hansa.server.api.NodeView;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.spec.RunFile;
import dev.hansa.wire.trust.Token;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose nodes are behind {@linkplain SlowWire thin lines that fail}: 100 MB over 2 Mbit/s with an outage of 60 s
 * every 5 minutes, on a smaller scale. No model passes whole in one go, in either direction.
 */
class SlowWireIT {
    private static final int BYTES_PER_SECOND = 2 << 20;
    private static final long BYTES_BETWEEN_OUTAGES = 4 << 20;
    private static final Duration OUTAGE = Duration.ofMillis(500);
    private static final int ROUNDS = 2;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void aTransferThatBreaksAgainAndAgainGoesOnWhereItWas() throws Exception {
        Coordinator coordinator = opened(Coordinator.start(new CoordinatorConfig(folder.resolve("coordinator"),
                "127.0.0.1", 0, List.of(), Clock.systemUTC())));
        Operator operator = opened(new Operator(coordinator.operatorToken()));
        SlowWire wire = opened(new SlowWire(coordinator.address().getPort(), BYTES_PER_SECOND,
                BYTES_BETWEEN_OUTAGES, OUTAGE));
        join(operator, "alice", wire);

        String run = operator.submit(job().text()).id();
        List<RunEvent> events = new ArrayList<>();
        new RunFollower(operator, run, message -> {}).follow(events::add);

        assertThat(events.getLast()).isInstanceOf(RunEvent.Finished.class);
        assertThat(events).as("all rounds at their first attempt").noneMatch(RunEvent.RoundAbandoned.class::isInstance)
                .noneMatch(RunEvent.ClientFailed.class::isInstance);
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        operator.model(run, model);
        double up = more(wire.fromNode(), (long) ROUNDS * model.size());
        double down = more(wire.toNode(), (ROUNDS + 1L) * model.size()); // to train on the first, to evaluate each other
        System.out.printf("%d bytes of model, %d outages: %.2f %% more than the payload up, %.2f %% down%n",
                model.size(), wire.outages(), 100 * up, 100 * down);
        assertThat(wire.outages()).isGreaterThan(2 * ROUNDS + 1);
        assertThat(List.of(up, down)).as("what was sent again, with all that TLS and HTTP add")
                .allSatisfy(part -> assertThat(part).isBetween(0.0, 0.02));
    }

    private static double more(long sent, long payload) {
        return (double) (sent - payload) / payload;
    }

    /** Of 8 MB, of which the line carries little more than half before it fails. */
    private static RunFile job() {
        return RunFile.parse(Housing.run().text().replace("model: linear", "model: {type: mlp, hidden: [2000, 1000]}")
                .replace("epochs: 5", "epochs: 1").replace("rate: 0.1", "rate: 0.001")
                .replace("rounds: 50", "rounds: " + ROUNDS)
                .replace("cohort: {nodes: 2}", "cohort: {nodes: 1, minimumReports: 1}"), "run.yaml");
    }

    private void join(Operator operator, String town, SlowWire wire) throws Exception {
        Token token = Token.parse(Token.Kind.JOIN,
                operator.token(new TokenRequest(Optional.of(town), Optional.empty())).token());
        URI throughWire = URI.create("https://" + token.address().getHost() + ":" + wire.port());
        NodeDirectory directory = opened(NodeDirectory.open(folder.resolve(town)));
        Node node = opened(Node.join(new Token(Token.Kind.JOIN, throughWire, token.fingerprint(), token.secret()), town,
                directory, Map.of("housing", new CsvSource(Housing.csv(town))), new LoggingListener()));
        Thread.ofPlatform().daemon().start(() -> run(node));
        await().until(() -> operator.nodes().stream().anyMatch(NodeView::present));
    }

    private static void run(Node node) {
        try {
            node.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(part);
        return part;
    }
}
