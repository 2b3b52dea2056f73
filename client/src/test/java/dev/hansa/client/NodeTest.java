package dev.hansa.client;

import static dev.hansa.client.http.FakeCoordinator.body;
import static dev.hansa.client.http.FakeCoordinator.message;
import static dev.hansa.client.http.FakeCoordinator.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.client.data.CsvSource;
import dev.hansa.client.http.FakeCoordinator;
import dev.hansa.client.http.LinkException;
import dev.hansa.client.http.MemoryException;
import dev.hansa.core.client.Link;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.NextCodec;
import dev.hansa.wire.proto.JoinResponse;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
    private static final String JOIN = "POST /v1/join";
    private static final String NEXT = "GET /v1/tasks/next";
    private static final DataSpec HOUSING = new DataSpec("housing",
            new Schema(List.of(new Column.Number("RM", "")), new Column.Number("MEDV", "")), new HoldOut.None(), true);

    @TempDir
    private Path parent;
    private FakeCoordinator coordinator;

    @BeforeEach
    void start() throws IOException {
        coordinator = new FakeCoordinator().on(JOIN, message(JoinResponse.newBuilder().setNode("alice").build()))
                .on("POST /v1/hello", ok()).on("POST /v1/leave", ok()).on("POST /v1/tasks/t1/report", ok())
                .on(NEXT, next(new Link.Next.Work("t1", new Task.Describe("run-1", HOUSING))),
                        next(new Link.Next.Leave("no more runs")));
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    /** A source that takes all memory stands for a model that does. */
    @Test
    void aTaskThatTakesMoreMemoryThanThereIsEndsTheNodeWithWords() throws Exception {
        DataSource endless = spec -> {
            throw new OutOfMemoryError("Java heap space");
        };
        try (NodeDirectory directory = NodeDirectory.open(parent.resolve("node"));
                Node node = Node.join(coordinator.token(), "alice", directory, Map.of("housing", endless),
                        new LoggingListener())) {
            MemoryException thrown = catchThrowableOfType(MemoryException.class, node::run);
            assertThat(thrown).hasMessageContainingAll("the memory of this node is too little for run run-1",
                    "it may take " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB", "goes on without this node");
            assertThat(thrown.enoughBytes()).isGreaterThan(Runtime.getRuntime().maxMemory());
        }
        assertThat(coordinator.requests("POST /v1/tasks/t1/report")).isEmpty();
        assertThat(coordinator.requests("POST /v1/leave")).hasSize(1);
    }

    @Test
    void theExampleOfThePackageWorks() throws Exception {
        Path file = csv("RM,MEDV\n6,20\n7,30\n6,21\n7,31\n5,19\n");
        String tokenText = coordinator.token().reveal();
        Path home = parent.resolve("node");
        assertThat(example(tokenText, home, file)).isEqualTo("no more runs");
        Report report = Report.parseFrom(body(coordinator.requests("POST /v1/tasks/t1/report").get(0)));
        assertThat(report.getDescribed().getTrainingRows()).isEqualTo(5);
        assertThat(coordinator.requests("POST /v1/leave")).hasSize(1);
    }

    private static String example(String tokenText, Path home, Path file) throws InterruptedException {
        // example
        Token token = Token.parse(Token.Kind.JOIN, tokenText);
        Map<String, DataSource> data = Map.of("housing", new CsvSource(file));
        try (NodeDirectory directory = NodeDirectory.open(home);
                Node node = Node.join(token, "alice", directory, data, new LoggingListener())) {
            return node.run();
        }
        // end
    }

    @Test
    void theExampleOfThePackageIsTheOneThatIsTested() throws IOException {
        String test = Files.readString(Path.of("src/test/java/dev/hansa/client/NodeTest.java"));
        String code = test.substring(test.indexOf("// example\n") + 11, test.indexOf("        // end\n"));
        String documented = code.indent(-8).lines().map(line -> " * " + line + "\n").reduce("", String::concat);
        assertThat(Files.readString(Path.of("src/main/java/dev/hansa/client/package-info.java"))).contains(documented);
    }

    @Test
    void aDirectoryThatBelongsToTheCoordinatorNeedsNoTokenAgain() throws Exception {
        Token token = coordinator.token();
        try (NodeDirectory directory = NodeDirectory.open(parent)) {
            Node.join(token, "a", directory, Map.of(), new Recorder()).close();
            assertThat(Node.join(token, "a", directory, Map.of(), new Recorder()).membership().node())
                    .isEqualTo("alice");
            assertThat(Node.resume(directory, Map.of(), new Recorder()).membership())
                    .isEqualTo(new Membership("alice", coordinator.address(), coordinator.fingerprint()));
        }
        assertThat(coordinator.requests(JOIN)).hasSize(1);
    }

    @Test
    void aDirectoryThatBelongsToAnotherCoordinatorIsRefused() {
        try (NodeDirectory directory = NodeDirectory.open(parent)) {
            directory.belongTo(new Membership("bob", URI.create("https://other:1"), Sha256.of(new byte[0])));
            LinkException problem = catchThrowableOfType(LinkException.class,
                    () -> Node.join(coordinator.token(), "a", directory, Map.of(), new Recorder()));
            assertThat(problem).hasMessageContainingAll("belongs to the coordinator at https://other:1",
                    "join with a directory of its own");
        }
    }

    @Test
    void aNodeThatNeverJoinedCannotGoOn() {
        try (NodeDirectory directory = NodeDirectory.open(parent)) {
            LinkException problem = catchThrowableOfType(LinkException.class,
                    () -> Node.resume(directory, Map.of(), new Recorder()));
            assertThat(problem.code()).isEqualTo("not-joined");
        }
    }

    @Test
    void whatIsWrongWithTheDataIsToldInFullToTheOwnerAlone() throws Exception {
        Map<String, DataSource> data = Map.of("housing", new CsvSource(csv("RM,MEDV\nsecret,20\n")));
        Recorder recorder = new Recorder();
        try (NodeDirectory directory = NodeDirectory.open(parent.resolve("node"));
                Node node = Node.join(coordinator.token(), "a", directory, data, recorder)) {
            node.run();
        }
        Report report = Report.parseFrom(body(coordinator.requests("POST /v1/tasks/t1/report").get(0)));
        assertThat(report.getRefused()).contains("column RM: expected a number, found text")
                .doesNotContain("line 2").doesNotContain("secret").doesNotContain(parent.toString());
        assertThat(recorder.details).hasSize(1).first().asString().contains("found text: \"secret\"");
    }

    @Test
    void closingEndsTheWaitForWork() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeCoordinator idle = FakeCoordinator.overHttp1().on("POST /v1/hello", ok()).on("POST /v1/leave", ok())
                .on(JOIN, message(JoinResponse.newBuilder().setNode("alice").build())).on(NEXT, request -> {
                    asked.countDown();
                    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
                }); NodeDirectory directory = NodeDirectory.open(parent)) {
            Node node = Node.join(idle.token(), "a", directory, Map.of(), new Recorder());
            CompletableFuture<String> end = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    end.complete(node.run());
                } catch (InterruptedException | RuntimeException e) {
                    end.completeExceptionally(e);
                }
            });
            thread.start();
            asked.await();
            node.close();
            assertThat(end.get()).isEqualTo("the node was stopped");
            thread.join();
        }
    }

    private Path csv(String content) throws IOException {
        return Files.writeString(parent.resolve("housing.csv"), content);
    }

    private static FakeCoordinator.Answer next(Link.Next next) {
        return message(NextCodec.encode(next, parameters -> {
            throw new AssertionError("no task here has parameters");
        }));
    }

    private static final class Recorder implements NodeListener {
        final List<String> details = new ArrayList<>();

        @Override
        public void unfit(String dataSet, DataException problem) {
            details.add(problem.detail());
        }
    }
}
