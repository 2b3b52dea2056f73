package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.Cli;
import dev.hansa.server.Coordinator;
import dev.hansa.server.CoordinatorConfig;
import dev.hansa.spec.model.ModelFile;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands of operator and data owner against a coordinator in this process, over real HTTPS. */
class OperatorCommandsTest {
    private static final String RUN = """
            hansa: 1
            name: lines
            data: {features: [x], label: y, holdOut: {every: 4}}
            model: linear
            training: {epochs: 1, batchSize: all, rate: 0.2}
            rounds: 3
            cohort: {nodes: 2}
            """;

    @TempDir
    private Path home;
    private Path runFile;
    private Coordinator coordinator;
    private final List<Running> nodes = new ArrayList<>();

    /** A command on a thread of its own, which is stopped by interrupting it. */
    private record Running(Thread thread, CompletableFuture<Cli> end) {
        static Running start(Path home, String... args) {
            CompletableFuture<Cli> end = new CompletableFuture<>();
            return new Running(Thread.ofPlatform().start(() -> end.complete(Cli.run(home, args))), end);
        }

        Cli stop() throws ExecutionException, InterruptedException {
            thread.interrupt();
            return end.get();
        }
    }

    @BeforeEach
    void coordinatorWithTheDefaultDataDirectory() throws IOException {
        runFile = Files.writeString(home.resolve("run.yaml"), RUN);
        Files.writeString(home.resolve("alice.csv"), line(0));
        Files.writeString(home.resolve("bob.csv"), line(20));
        coordinator = Coordinator.start(new CoordinatorConfig(home.resolve(".hansa/coordinator"), "127.0.0.1", 0,
                List.of(), Clock.systemUTC()));
    }

    /** Twenty rows of y = 2x + 1. */
    private static String line(int from) {
        return IntStream.range(from, from + 20).mapToObj(x -> x + "," + (2 * x + 1) + "\n")
                .collect(Collectors.joining("", "x,y\n", ""));
    }

    @AfterEach
    void stopAll() throws ExecutionException, InterruptedException {
        for (Running node : nodes) {
            node.stop();
        }
        coordinator.close();
    }

    private Cli hansa(String... args) {
        return Cli.run(home, args);
    }

    private void join(String name) throws IOException {
        join(name, "default");
    }

    private void join(String name, String dataSet, String... more) throws IOException {
        Path token = Files.writeString(home.resolve(name + ".token"), hansa("token", "--name", name).out());
        List<String> args = new ArrayList<>(List.of("join", "@" + token, "--data",
                dataSet + "=" + home.resolve(name + ".csv"), "--state", home.resolve(name).toString()));
        args.addAll(List.of(more));
        nodes.add(Running.start(home, args.toArray(String[]::new)));
    }

    private void joinBoth() throws IOException {
        join("alice");
        join("bob");
        await().until(() -> Stream.of("alice", "bob").allMatch(name -> present().contains(name)));
    }

    private List<String> present() {
        List<String> present = new ArrayList<>();
        hansa("nodes", "--json").json().get("nodes").forEach(node -> {
            if (node.get("present").asBoolean()) {
                present.add(node.get("name").asString());
            }
        });
        return present;
    }

    @Test
    void aRunOverTheNetworkEndsInTheParametersOfItsSimulation() throws IOException {
        joinBoth();
        Cli run = hansa("run", runFile.toString(), "--out", home.resolve("run").toString(), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("round 3/3");
        assertThat(run.json().get("bytesReceived").asLong()).isPositive();
        assertThat(hansa("runs", "show", run.json().get("run").asString()).code()).isZero();
        hansa("simulate", runFile.toString(), "--out", home.resolve("simulated").toString(), "--data",
                "alice=" + home.resolve("alice.csv"), "--data", "bob=" + home.resolve("bob.csv"));

        ModelFile learned = ModelFile.read(home.resolve("run/model.safetensors"));
        ModelFile simulated = ModelFile.read(home.resolve("simulated/model.safetensors"));
        assertThat(learned.parameters()).isEqualTo(simulated.parameters());
        assertThat(learned.preprocessing()).isEqualTo(simulated.preprocessing());
        ModelFile best = ModelFile.read(home.resolve("run/best.safetensors"));
        assertThat(best.round()).isEqualTo(run.json().get("bestRound").get("round").asInt());
        assertThat(best.parameters())
                .isEqualTo(ModelFile.read(home.resolve("simulated/best.safetensors")).parameters());
        assertThat(home.resolve("run/report.html")).content().contains("lines", "alice", "bob", "hansa run ");
        assertThat(Files.readAllLines(home.resolve("run/metrics.csv"))).filteredOn(line -> !line.contains(",traffic,"))
                .isEqualTo(Files.readAllLines(home.resolve("simulated/metrics.csv")));
    }

    @Test
    void modelsOfOneNodeGoToOthersOnlyWhereTheOwnerLetsThem() throws IOException {
        Files.writeString(runFile, RUN + "evaluation: {crossSite: true}\n");
        join("alice", "default", "--show-models");
        join("bob");
        await().until(() -> Stream.of("alice", "bob").allMatch(name -> present().contains(name)));
        Cli run = hansa("run", runFile.toString(), "--out", home.resolve("run").toString(), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        hansa("simulate", runFile.toString(), "--out", home.resolve("simulated").toString(), "--data",
                "alice=" + home.resolve("alice.csv"), "--data", "bob=" + home.resolve("bob.csv"));

        JsonNode matrix = run.json().get("crossSite");
        assertThat(matrix.get("alice").size()).isEqualTo(2);
        assertThat(matrix.get("bob").size()).as("its owner did not agree").isZero();
        assertThat(hansa("runs", "show", run.json().get("run").asString()).out())
                .contains("HELD-OUT RMSE OF A MODEL BY", "AT alice", "AT bob").doesNotContain("refused");
    }

    @Test
    void aDetachedRunIsListedShownStoppedAndExported() throws IOException {
        joinBoth();
        Cli run = hansa("run", runFile.toString(), "--detach");
        String id = run.out().strip();
        assertThat(run.code()).isZero();
        await().until(() -> state(id).equals("finished"));

        assertThat(hansa("runs").out()).contains("ID", id, "finished", "3/3");
        assertThat(hansa("runs", "show", id).out()).contains("lines (" + id + ")", "alice, bob took part",
                "HELD-OUT RMSE",
                "\n3 ");
        assertThat(hansa("runs", "stop", id).out()).contains("is over");
        Path model = home.resolve("m.safetensors");
        assertThat(hansa("model", "export", id, "--out", model.toString()).out()).contains(model.toString());
        assertThat(hansa("runs", "show", id).out()).contains("best       round ");
        Path best = home.resolve("b.safetensors");
        assertThat(hansa("model", "export", id, "--best", "--out", best.toString()).code()).isZero();
        assertThat(ModelFile.read(best).round()).isBetween(1, 3);

        Cli predicted = hansa("predict", model.toString(), home.resolve("bob.csv").toString());
        assertThat(predicted.out()).startsWith("row,predicted y\n1,").hasLineCount(21);
        Path narrow = Files.writeString(home.resolve("narrow.csv"), "y\n1\n");
        mistake(hansa("predict", model.toString(), narrow.toString()), "column x: not found",
                "the columns that it was trained on");
        Path out = home.resolve("p.csv");
        Cli json = hansa("predict", model.toString(), home.resolve("bob.csv").toString(), "--out", out.toString(),
                "--json");
        assertThat(json.json().get("rows").asInt()).isEqualTo(20);
        assertThat(out).hasContent(predicted.out());
    }

    private String state(String id) {
        return hansa("runs", "show", id, "--json").json().get("run").get("state").asString();
    }

    @Test
    void aRunWhoseDataSetNobodyServesSaysSo() throws Exception {
        join("alice", "iris");
        await().until(() -> present().contains("alice"));
        Running run = Running.start(home, "run", runFile.toString(), "--out", home.resolve("none").toString());
        String why = "2 nodes with the data set 'default'; 1 node here, none serves 'default' (they serve 'iris')";
        await().until(() -> hansa("runs").out().contains("waits for " + why));
        String id = hansa("runs", "--json").json().get("runs").get(0).get("id").asString();
        assertThat(hansa("runs", "show", id).out()).contains("waits for  " + why);

        hansa("runs", "stop", id);
        Cli end = run.end().get();
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.err()).contains("waiting for " + why);
    }

    @Test
    void aRunThatStillWaitsEndsAtOnceWhenItIsStopped() {
        String id = hansa("run", runFile.toString(), "--detach").out().strip();
        Cli stopped = hansa("runs", "stop", id);
        assertThat(stopped.out()).doesNotContain("round at hand").containsAnyOf("was still waiting for nodes",
                "is over");
        await().until(() -> state(id).equalsIgnoreCase("stopped"));
    }

    @Test
    void aNodeStopsByInterruptAndGoesOnWithoutAToken() throws Exception {
        join("alice");
        await().until(() -> present().contains("alice"));
        Cli first = nodes.removeFirst().stop();
        assertThat(first.code()).isEqualTo(130);
        assertThat(first.err()).contains("joined https://localhost:", "as alice").doesNotContain("\tat ");

        nodes.add(Running.start(home, "join", "--data", home.resolve("alice.csv").toString(), "--state",
                home.resolve("alice").toString()));
        await().until(() -> present().contains("alice"));
    }

    @Test
    void whatTheCoordinatorRefusesIsAMistakeWithItsReason() throws IOException {
        mistake(hansa("runs", "show", "nosuchrun"), "there is no run nosuchrun", "'hansa runs' lists");
        mistake(hansa("runs", "show", "../nodes"), "no id of a run");
        mistake(hansa("model", "export", "nosuchrun", "--out", home.resolve("m").toString()), "nosuchrun");
        mistake(hansa("token", "--valid", "soon"), "--valid", "24h");
        mistake(hansa("token", "--valid", "9000d"), "777600000");
        Path bad = Files.writeString(home.resolve("bad.yaml"), "hansa: 1\nname: x\n");
        mistake(hansa("run", bad.toString()), "bad.yaml:");
        assertThat(home.resolve("m")).doesNotExist();
    }

    @Test
    void anAbsentOrForeignCoordinatorIsUnreachable() {
        Path token = coordinator.operatorTokenFile();
        coordinator.close();
        Cli cli = Cli.run(home, "", Map.of("HANSA_COORDINATOR", token.toString()), "nodes", "--json");
        assertThat(cli.code()).isEqualTo(3);
        assertThat(cli.err()).contains("does not answer", "hansa serve").doesNotContain("\tat ");
        assertThat(cli.json().get("exitCode").asInt()).isEqualTo(3);
    }

    @Test
    void tokensThatAreNoneAreNamedWithoutShowingThem() throws IOException {
        Path wrong = Files.writeString(home.resolve("wrong"), hansa("token").out());
        mistake(hansa("nodes", "--coordinator", wrong.toString()), "hansa-operator-");
        mistake(hansa("nodes", "--coordinator", home.resolve("none").toString()), "there is no file",
                "none, which should hold a token");
        mistake(hansa("nodes", "--coordinator", "hansa-operator-AAAA"), "not copied whole");
        mistake(hansa("nodes", "--coordinator", ""), "--coordinator is empty");
        mistake(hansa("nodes", "--coordinator", home.toString()), "is a folder");
        Path more = Files.writeString(home.resolve("more"), "hansa-join-SECRETxx --verbose");
        Cli file = hansa("join", "@" + more, "--data", home.resolve("bob.csv").toString());
        mistake(file, "the file " + more + " holds more than a token");
        assertThat(file.err()).doesNotContain("SECRETxx");
        Cli join = hansa("join", "hansa-join-SECRETxx", "--data", home.resolve("bob.csv").toString());
        mistake(join, "the join token cannot be used");
        assertThat(join.err()).doesNotContain("SECRETxx");
        mistake(hansa("join", "-", "--data", home.resolve("carol.csv").toString()), "carol.csv");
    }

    @Test
    void joiningWithoutATokenOrWithThatOfAnotherCoordinatorIsAMistake() throws Exception {
        String rows = home.resolve("bob.csv").toString();
        String state = home.resolve("new").toString();
        mistake(hansa("join", "--data", rows, "--state", state), "join with a token first");

        join("alice");
        await().until(() -> present().contains("alice"));
        nodes.removeFirst().stop();
        Token good = Token.parse(Token.Kind.JOIN, hansa("token").out());
        Sha256 other = Sha256.of(new byte[]{1});
        String foreign = new Token(Token.Kind.JOIN, good.address(), other, good.secret()).reveal();
        mistake(hansa("join", foreign, "--data", rows, "--state", home.resolve("alice").toString()), "to another",
                good.fingerprint().hex().substring(0, 12), other.hex().substring(0, 12));
    }

    @Test
    void whoeverIsNotTheTokensCoordinatorIsUnreachableForOperatorsAndNodes() throws IOException {
        Token good = Token.parse(Token.Kind.JOIN, hansa("token").out());
        Sha256 other = Sha256.of(new byte[]{1});
        String join = new Token(Token.Kind.JOIN, good.address(), other, good.secret()).reveal();
        String operator = new Token(Token.Kind.OPERATOR, good.address(), other, good.secret()).reveal();
        for (Cli cli : List.of(hansa("nodes", "--coordinator", operator),
                hansa("run", runFile.toString(), "--coordinator", operator),
                hansa("join", join, "--data", home.resolve("bob.csv").toString(), "--state",
                        home.resolve("new").toString()))) {
            assertThat(cli.code()).as(cli.err()).isEqualTo(3);
            assertThat(cli.err()).contains(good.fingerprint().hex()).doesNotContain("\tat ", "trying again");
        }
    }

    @Test
    void theTokenStandsAloneOnStandardOutput() {
        Cli cli = hansa("token", "--name", "alice", "--valid", "2h");
        assertThat(cli.out()).matches("hansa-join-[A-Za-z0-9_-]+\n");
        JsonNode json = hansa("token", "--json").json();
        assertThat(json.get("token").asString()).startsWith("hansa-join-");
        assertThat(json.get("expires").asString()).startsWith("20");
    }

    @Test
    void aTokenForATakenNameIsRefusedAndARemovedNodeStaysOut() throws Exception {
        join("alice");
        await().until(() -> present().contains("alice"));
        mistake(hansa("token", "--name", "alice"), "called alice");

        assertThat(hansa("nodes", "remove", "alice", "--json").json().get("removed").asString()).isEqualTo("alice");
        assertThat(present()).isEmpty();
        Cli removed = nodes.removeFirst().end().get();
        assertThat(removed.err()).contains("the operator has removed it").doesNotContain("\tat ");
        mistake(hansa("token", "--name", "alice"), "called alice");
        mistake(hansa("nodes", "remove", "bob"), "no node is called bob", "'hansa nodes' the nodes");
        mistake(hansa("nodes", "remove", "../runs"), "no name of a node", "'hansa nodes'");
    }

    @Test
    void aTokenThatIsUsedIsRefusedWithAdviceOnce() throws IOException {
        join("alice");
        await().until(() -> present().contains("alice"));
        Cli second = hansa("join", "@" + home.resolve("alice.token"), "--data", home.resolve("bob.csv").toString(),
                "--state", home.resolve("second").toString());
        mistake(second, "a node has joined with this token already; a token is good for one node: ask the operator");
        assertThat(second.err().split("ask the operator", -1)).hasSize(2);
    }

    @Test
    void serveTellsMachinesWhereItIsAndRefusesADataDirectoryInUse() throws Exception {
        Cli second = hansa("serve", "--port", "0");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains(".hansa").doesNotContain("\tat ");

        Path token = home.resolve("other/operator.token");
        Running serve =
                Running.start(home, "serve", "--port", "0", "--data", home.resolve("other").toString(), "--json");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(token)
                && hansa("nodes", "--coordinator", token.toString()).code() == 0);
        Cli end = serve.stop();
        assertThat(end.code()).isEqualTo(130);
        String first = end.out().lines().findFirst().orElseThrow();
        assertThat(first).contains("\"address\":\"https://localhost:", "\"fingerprint\":\"", "operator.token");
    }

    @Test
    void aDataDirectoryThatCannotBeIsAMistake() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        for (Cli cli : List.of(hansa("serve", "--port", "0", "--data", file.toString()),
                hansa("serve", "--port", "0", "--data", file.resolve("sub").toString()))) {
            mistake(cli, "--data", file + " is a file; name a folder");
            assertThat(cli.err()).doesNotContain("Exception");
        }
    }

    private static void mistake(Cli cli, String... said) {
        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(said).doesNotContain("\tat ");
        assertThat(cli.out()).isEmpty();
    }
}
