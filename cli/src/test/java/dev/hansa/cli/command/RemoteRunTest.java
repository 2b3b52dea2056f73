package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.Cli;
import dev.hansa.spec.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Runs over the network, as those who submit them see them. */
class RemoteRunTest extends OperatorFixture {
    private static final Duration LONG = Duration.ofMinutes(1);

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
    void runningTextIsLearntOverTheNetworkAsInASimulation() throws IOException {
        Files.writeString(runFile, """
                hansa: 1
                name: keyboard
                data:
                  features: {LINE: {type: text, length: 5, alphabet: "abc ,\\"\\n"}}
                  label: {LINE: {type: nextCharacter, every: 2}}
                  holdOut: {every: 3}
                model: {type: lstm, embedding: 3, hidden: 6, layers: 2}
                training: {batchSize: 8, rate: 0.3}
                rounds: 2
                cohort: {nodes: 2}
                """);
        Files.writeString(home.resolve("alice.csv"), "LINE\n" + "\"ab, \"\"c\"\"\n\"\n".repeat(20));
        Files.writeString(home.resolve("bob.csv"), "LINE\n" + "a b a b a\n".repeat(20));
        joinBoth();
        Cli run = hansa("run", runFile.toString(), "--out", home.resolve("run").toString());
        assertThat(run.code()).as(run.err()).isZero();
        Cli simulated = hansa("simulate", runFile.toString(), "--out", home.resolve("simulated").toString(), "--data",
                "alice=" + home.resolve("alice.csv"), "--data", "bob=" + home.resolve("bob.csv"));
        assertThat(simulated.code()).as(simulated.err()).isZero();

        assertThat(home.resolve("run/model.safetensors"))
                .hasSameBinaryContentAs(home.resolve("simulated/model.safetensors"));
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

        JsonNode matrix = run.json().get("closing").get("crossSite");
        assertThat(matrix.get("alice").size()).isEqualTo(2);
        assertThat(matrix.get("bob").size()).as("its owner did not agree").isZero();
        assertThat(hansa("runs", "show", run.json().get("run").asString()).out())
                .contains("HELD-OUT RMSE OF A MODEL BY", "AT alice", "AT bob",
                        "unmeasured models in the cross-site matrix by bob: its owner does not let other nodes")
                .doesNotContain("refused");
        assertThat(run.json().get("unmeasured").get(0).get("what").asString())
                .isEqualTo("models in the cross-site matrix by bob");
        assertThat(home.resolve("run/report.html")).content().contains("Not measured",
                "models in the cross-site matrix by bob", "--show-models");
    }

    @Test
    void aDetachedRunIsListedShownStoppedAndExported() throws IOException {
        Files.writeString(runFile, RUN.replace("cohort: {nodes: 2}\n", ""));
        joinBoth();
        Cli run = hansa("run", runFile.toString(), "--detach");
        String id = run.out().strip();
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("the run starts as soon as 2 nodes with its data set are there");
        await().until(() -> state(id).equals("finished"));

        assertThat(hansa("runs").out()).contains("ID", id, "finished", "3/3");
        assertThat(hansa("runs", "show", id).out()).contains("lines (" + id + ")", "alice, bob took part",
                "HELD-OUT RMSE",
                "\n3 ");
        assertThat(hansa("runs", "stop", id).out()).contains("is over");
        assertThat(hansa("runs", "events", id).out()).contains("  alice takes part: 15 rows to train on, 5 held out\n",
                "  round 1: asks alice, bob\n", "  round 2: bob answered (update), ",
                "  round 3 is done: 2 updates; training loss ",
                "  finished: ");
        JsonNode events = hansa("runs", "events", id, "--json").json().get("events");
        assertThat(events.get(events.size() - 1).get("event").get("type").asString()).isEqualTo("finished");
        mistake(hansa("runs", "events", "none"), "there is no run none");
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
    void whyANodeFailedInARoundIsTold() throws Exception {
        Files.writeString(runFile, RUN.replace("epochs: 1", "epochs: 9").replace("rate: 0.2", "rate: 1e30")
                .replace("rounds: 3", "rounds: 1"));
        joinBoth();
        Running under =
                Running.start(home, "run", runFile.toString(), "--out", home.resolve("run").toString(), "--json");
        await().atMost(LONG).until(() -> hansa("runs", "--json").json().get("runs").size() == 1);
        String id = hansa("runs", "--json").json().get("runs").get(0).get("id").asString();
        await().atMost(LONG).until(() -> hansa("runs", "show", id).out().matches("(?s).*failed +alice, bob, .*"));
        hansa("runs", "stop", id); // which would try it again, later each time
        Cli run = under.end().get();

        JsonNode failed = run.json().get("failed").get(0);
        assertThat(failed.get("reason").asString()).contains("diverged");
        assertThat(failed.get("clients")).hasSize(2);
        assertThat(hansa("runs", "show", id).out())
                .containsPattern("failed +alice, bob, [0-9]+ times in round 1: .*diverged");
        assertThat(hansa("runs", "events", id).out()).contains("round 1: bob failed: ");
        assertThat(home.resolve("run/report.html")).content().contains("gave no answer that could be used", "diverged");
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
        assertThat(stopped.out()).doesNotContain("round at hand").containsAnyOf("has not begun its first round",
                "is over");
        await().until(() -> state(id).equalsIgnoreCase("stopped"));
    }
}
