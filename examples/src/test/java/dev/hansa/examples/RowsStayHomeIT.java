package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.operator.Operator;
import dev.hansa.cli.operator.RunFollower;
import dev.hansa.client.LoggingListener;
import dev.hansa.client.Node;
import dev.hansa.client.NodeDirectory;
import dev.hansa.client.data.CsvSource;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.server.Coordinator;
import dev.hansa.server.CoordinatorConfig;
import dev.hansa.server.api.NodeView;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.server.store.DataDirectory;
import dev.hansa.server.trust.ServerCertificate;
import dev.hansa.spec.RunFile;
import dev.hansa.wire.trust.PinnedTrustManager;
import dev.hansa.wire.trust.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The housing run over real HTTPS, with two more nodes that refuse because their files do not fit; every byte of all
 * nodes' connections recorded, and the coordinator's folder searched.
 */
class RowsStayHomeIT {
    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, RecordingProxy> wires = new HashMap<>();
    private final ByteArrayOutputStream model = new ByteArrayOutputStream();
    private final RunFile file = Housing.run();
    private final List<RunEvent> events = new ArrayList<>();

    @BeforeEach
    void runOverHttps() throws Exception {
        Coordinator coordinator = opened(Coordinator.start(new CoordinatorConfig(folder.resolve("coordinator"),
                "127.0.0.1", 0, List.of(), Clock.systemUTC())));
        Operator operator = opened(new Operator(coordinator.operatorToken()));
        for (Misfits misfit : Misfits.values()) {
            join(operator, misfit.town(), misfit.write(folder));
        }
        for (String town : Housing.TOWNS) {
            join(operator, town, Housing.csv(town));
        }
        await().until(() -> operator.nodes().stream().filter(NodeView::present).count() == wires.size());
        String run = operator.submit(file.text()).id();
        new RunFollower(operator, run, message -> {}).follow(events::add);
        assertThat(events.getLast()).isInstanceOf(RunEvent.Finished.class);
        operator.model(run, model);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void noRowAndNoValueOfARowReachesTheCoordinatorOrTheOtherTown() throws Exception {
        Checkpoint simulated = Housing.simulate(file);
        Map<String, byte[]> places = places();
        for (String town : Housing.TOWNS) {
            RowTraces traces = new RowTraces(Housing.csv(town), Housing.table(file, town), simulated.preprocessing());
            places.forEach(
                    (place, bytes) -> assertThat(traces.in(bytes)).as("rows of %s in %s", town, place).isEmpty());
        }
    }

    @Test
    void aRefusalTellsTheColumnAndNoValueOfARow() throws Exception {
        Checkpoint simulated = Housing.simulate(file);
        Map<String, byte[]> places = places();
        for (Misfits misfit : Misfits.values()) {
            String column = misfit == Misfits.CAROL ? "column RM" : "column LSTAT";
            assertThat(events).as("the events").anySatisfy(event -> assertThat(event)
                    .isInstanceOfSatisfying(RunEvent.ClientRefused.class, refused -> {
                        assertThat(refused.client()).isEqualTo(misfit.town());
                        assertThat(refused.reason()).contains(column);
                    }));
            assertThat(text(wires.get(misfit.town()).fromNode())).contains(column);

            Path mended = misfit.writeMended(folder);
            RowTraces traces = new RowTraces(mended, new CsvSource(mended).read(file.spec().data()),
                    simulated.preprocessing());
            assertThat(traces.in(Files.readAllBytes(mended))).hasSizeGreaterThan(100);
            places.forEach((place, bytes) -> {
                assertThat(traces.in(bytes)).as("rows of %s in %s", misfit.town(), place).isEmpty();
                assertThat(text(bytes)).as("the odd cell of %s in %s", misfit.town(), place)
                        .doesNotContain(misfit.cell, "LOWER_STATUS");
            });
        }
    }

    @Test
    void theSearchWouldFindRowsAndDoesFindTheSumsThatAreMeantToTravel() throws Exception {
        Checkpoint simulated = Housing.simulate(file);
        for (String town : Housing.TOWNS) {
            TableStatistics statistics = TableStatistics.of(Housing.table(file, town));
            double sum = statistics.columns().get("RM").sum();
            byte[] wanted = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(sum).array();
            assertThat(text(wires.get(town).fromNode())).as("the sum of RM on the wire of %s", town)
                    .contains(text(wanted));

            RowTraces traces = new RowTraces(Housing.csv(town), Housing.table(file, town), simulated.preprocessing());
            assertThat(traces.in(Files.readAllBytes(Housing.csv(town)))).hasSizeGreaterThan(100);
            float[] inputs = simulated.preprocessing().apply(Housing.table(file, town), new int[]{5}).inputs();
            ByteBuffer row = ByteBuffer.allocate(4 * inputs.length).order(ByteOrder.LITTLE_ENDIAN);
            for (float input : inputs) {
                row.putFloat(input);
            }
            assertThat(traces.in(row.array())).isNotEmpty();
        }
    }

    @Test
    void theModelIsTheSameBytesAsInASimulation() throws Exception {
        assertThat(model.toByteArray()).isEqualTo(Housing.simulatedModel(file));
    }

    /** All that the coordinator has or has seen, and all that each town was sent. */
    private Map<String, byte[]> places() throws IOException {
        Map<String, byte[]> places = new HashMap<>();
        wires.forEach((town, wire) -> {
            places.put("what " + town + " sent", wire.fromNode());
            places.put("what " + town + " received", wire.toNode());
        });
        try (Stream<Path> files = Files.walk(folder.resolve("coordinator"))) {
            for (Path kept : files.filter(Files::isRegularFile).toList()) {
                places.put(kept.toString(), Files.readAllBytes(kept));
            }
        }
        assertThat(places.values()).anySatisfy(bytes -> assertThat(text(bytes)).startsWith("SQLite format 3"));
        return places;
    }

    private void join(Operator operator, String town, Path csv) throws Exception {
        Token token = Token.parse(Token.Kind.JOIN,
                operator.token(new TokenRequest(Optional.of(town), Optional.empty())).token());
        DataDirectory own = opened(DataDirectory.open(folder.resolve("proxy-" + town)));
        ServerCertificate certificate = ServerCertificate.open(own, List.of(), Instant.now());
        RecordingProxy wire = opened(new RecordingProxy(presenting(certificate), trusting(token),
                token.address().getPort()));
        wires.put(town, wire);
        Token throughWire = new Token(Token.Kind.JOIN, URI.create("https://localhost:" + wire.port()),
                certificate.fingerprint(), token.secret());
        NodeDirectory directory = opened(NodeDirectory.open(folder.resolve(town)));
        Node node = opened(Node.join(throughWire, town, directory,
                Map.of("housing", new CsvSource(csv)), new LoggingListener()));
        Thread.ofPlatform().daemon().start(() -> run(node));
    }

    private static void run(Node node) {
        try {
            node.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SSLContext presenting(ServerCertificate certificate) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificate.keyStore(), new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext trusting(Token token) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{new PinnedTrustManager(token.fingerprint(), Clock.systemUTC())}, null);
        return context;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(part);
        return part;
    }
}
