package dev.hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.server.Coordinator;
import dev.hansa.server.CoordinatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands that are processes of their own and are sent what Ctrl-C, or a system that shuts down, sends. */
class SignalsTest extends ProcessFixture {
    private static final String RUN = """
            hansa: 1
            name: lines
            data: {features: [x], label: y}
            model: linear
            rounds: 3
            """;

    private JsonNode told() throws IOException {
        List<String> lines = Files.readAllLines(home.resolve("out"));
        assertThat(lines).as(said("err")).hasSize(1);
        return JsonMapper.shared().readTree(lines.getFirst());
    }

    @Test
    void aBenchmarkLeavesNeitherProcessesNorKeys() throws Exception {
        Process bench = start("bench", "coordinator", "--scenario", "latency", "--processes", "--json");
        await().atMost(LONG).until(() -> said("err").contains("round 1 of "));
        bench.descendants().forEach(started::add);
        assertThat(started).hasSize(4);

        send("INT", bench, 130);
        assertThat(told().toString()).isEqualTo("{\"error\":\"interrupted\",\"exitCode\":130}");
        assertThat(started).noneMatch(ProcessHandle::isAlive);
        try (Stream<Path> left = Files.list(home.resolve("tmp"))) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("hansa-bench"))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void whoFollowsARunIsToldThatItGoesOn(String signal, int code) throws Exception {
        Path runFile = Files.writeString(home.resolve("run.yaml"), RUN);
        try (Coordinator coordinator = Coordinator.start(new CoordinatorConfig(home.resolve(".hansa/coordinator"),
                "127.0.0.1", 0, List.of(), Clock.systemUTC()))) {
            assertThat(coordinator.operatorTokenFile()).exists();
            Process run = start("run", runFile.toString(), "--json");
            await().atMost(LONG).until(() -> said("err").contains("waiting for "));

            send(signal, run, code);
            String id = told().get("run").asString();
            assertThat(told().get("error").asString()).isEqualTo("interrupted");
            assertThat(told().get("exitCode").asInt()).isEqualTo(code);
            assertThat(told().get("goesOn").asBoolean()).isTrue();
            assertThat(said("err")).contains("the run goes on at the coordinator", "'hansa runs show " + id + "'",
                    "'hansa runs stop " + id + "'");
        }
    }

    @Test
    void aCoordinatorSaysThatItHasStopped() throws Exception {
        Process serve = start("serve", "--port", "0", "--json");
        await().atMost(LONG).until(() -> !said("out").isEmpty());

        send("TERM", serve, 143);
        assertThat(said("err"))
                .endsWith("the coordinator has stopped; runs that are not over go on at its next start\n");
    }

    @Test
    void aSimulationSaysThatNothingOfItIsKept() throws Exception {
        Path runFile = Files.writeString(home.resolve("run.yaml"), RUN.replace("rounds: 3", "rounds: 1000000"));
        Path rows = Files.writeString(home.resolve("rows.csv"), "x,y\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n");
        Process simulation = start("simulate", runFile.toString(), "--data", "a=" + rows, "--data", "b=" + rows);
        await().atMost(LONG).until(() -> said("err").contains("round 1/"));

        send("INT", simulation, 130);
        assertThat(said("err")).contains("interrupted: nothing of the simulation is kept\n");
    }

    @Test
    void aSweepSaysHowItGoesOnAndDoes() throws Exception {
        Path runFile = Files.writeString(home.resolve("run.yaml"), RUN.replace("rounds: 3", "rounds: 100000"));
        Path rows = Files.writeString(home.resolve("rows.csv"), "x,y\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n");
        String[] sweep = {"simulate", runFile.toString(), "--data", "a=" + rows, "--data", "b=" + rows, "--out",
                home.resolve("sweep").toString(), "--grid", "rounds=1,1000000", "--json"};
        Process simulation = start(sweep);
        await().atMost(LONG).until(() -> said("err").contains("1/2  rounds=1"));

        send("INT", simulation, 130);
        assertThat(said("err")).contains("interrupted: 1 of 2 runs done and kept in ",
                "the same command goes on with the others\n");
        assertThat(told().toString())
                .isEqualTo("{\"error\":\"interrupted\",\"exitCode\":130,\"done\":1,\"runs\":2,\"report\":\""
                        + home.resolve("sweep/report.html") + "\"}");
        assertThat(said("err")).contains("sweep/report.html shows those that are done; 'hansa compare ");
        assertThat(said("sweep/report.html")).contains("Interrupted: 1 of 2 runs done, and only these are shown.",
                "all 1 run finished");
        assertThat(said("sweep/metrics.csv").lines()).hasSizeGreaterThan(1).allMatch(
                line -> line.startsWith("rounds,seed,") || line.startsWith("1,"));

        Process again = start(sweep);
        await().atMost(LONG).until(() -> said("err").contains("1 of 2 runs already done; 1 to go"));
        send("INT", again, 130);
        assertThat(told().get("done").asInt()).isEqualTo(1);
    }

    @Test
    void whoWaitsForTheCoordinatorIsToldThatTheRunMayNotHaveStarted() throws Exception {
        Path runFile = Files.writeString(home.resolve("run.yaml"), RUN);
        Coordinator.start(new CoordinatorConfig(home.resolve(".hansa/coordinator"), "127.0.0.1", 0, List.of(),
                Clock.systemUTC())).close();
        Process run = start("run", runFile.toString(), "--json");
        await().atMost(LONG).until(() -> said("err").contains("trying again"));

        send("INT", run, 130);
        assertThat(told().toString()).isEqualTo("{\"error\":\"interrupted\",\"exitCode\":130}");
        assertThat(said("err")).contains("while the run was being started: 'hansa runs' shows whether it was");
    }
}
