package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.Cli;
import dev.hansa.server.Coordinator;
import dev.hansa.server.CoordinatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator in this process, and the commands that speak to it over real HTTPS. */
abstract class OperatorFixture {
    static final String RUN = """
            hansa: 1
            name: lines
            data: {features: [x], label: y, holdOut: {every: 4}}
            model: linear
            training: {epochs: 1, batchSize: all, rate: 0.2}
            rounds: 3
            cohort: {nodes: 2}
            """;

    @TempDir
    Path home;
    Path runFile;
    Coordinator coordinator;
    final List<Running> nodes = new ArrayList<>();

    /** A command on a thread of its own, which is stopped by interrupting it. */
    record Running(Thread thread, CompletableFuture<Cli> end) {
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

    Cli hansa(String... args) {
        return Cli.run(home, args);
    }

    void join(String name) throws IOException {
        join(name, "default");
    }

    void join(String name, String dataSet, String... more) throws IOException {
        Path token = Files.writeString(home.resolve(name + ".token"), hansa("token", "--name", name).out());
        List<String> args = new ArrayList<>(List.of("join", "@" + token, "--data",
                dataSet + "=" + home.resolve(name + ".csv"), "--state", home.resolve(name).toString()));
        args.addAll(List.of(more));
        nodes.add(Running.start(home, args.toArray(String[]::new)));
    }

    void joinBoth() throws IOException {
        join("alice");
        join("bob");
        await().until(() -> Stream.of("alice", "bob").allMatch(name -> present().contains(name)));
    }

    List<String> present() {
        List<String> present = new ArrayList<>();
        hansa("nodes", "--json").json().get("nodes").forEach(node -> {
            if (node.get("present").asBoolean()) {
                present.add(node.get("name").asString());
            }
        });
        return present;
    }

    static void mistake(Cli cli, String... said) {
        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(said).doesNotContain("\tat ");
        assertThat(cli.out()).isEmpty();
    }
}
