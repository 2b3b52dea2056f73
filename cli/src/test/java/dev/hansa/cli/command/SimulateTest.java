package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import dev.hansa.spec.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SimulateTest {
    private static final String RUN = """
            hansa: 1
            name: lines
            data: {features: [x], label: y, holdOut: {every: 4}}
            model: linear
            training: {epochs: 2, batchSize: all, rate: 0.2}
            rounds: 30
            cohort: {nodes: 2}
            seed: 3
            """;

    @TempDir
    private Path folder;
    private Path runFile;
    private Path out;

    @BeforeEach
    void files() throws IOException {
        runFile = write("run.yaml", RUN);
        out = folder.resolve("out");
        write("alice.csv", rows(0, 40));
        write("bob.csv", rows(40, 60));
        write("all.csv", rows(0, 60));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** y = 2 x + 1, in three towns. */
    private static String rows(int from, int to) {
        StringBuilder csv = new StringBuilder("town,x,y\n");
        for (int i = from; i < to; i++) {
            csv.append("town-").append(i % 3).append(',').append(i * 0.1).append(',').append(2 * i * 0.1 + 1)
                    .append('\n');
        }
        return csv.toString();
    }

    private Cli simulate(String... more) {
        String[] args = Stream.concat(Stream.of("simulate", runFile.toString(), "--out", out.toString()),
                Stream.of(more)).toArray(String[]::new);
        return Cli.run(folder, args);
    }

    private String data(String name) {
        return name + "=" + folder.resolve(name + ".csv");
    }

    @Test
    void leavesModelMetricsAndReport() throws IOException {
        Cli cli = simulate("--data", data("alice"), "--data", data("bob"));

        assertThat(cli.code()).isZero();
        assertThat(cli.err()).contains("alice takes part: 30 rows to train on, 10 held out", "round 30/30");
        assertThat(cli.out()).startsWith("lines: finished after 30 rounds in ").contains("held-out RMSE",
                out.resolve("model.safetensors").toString(), out.resolve("report.html").toString());
        assertThat(Files.readString(out.resolve("metrics.csv"))).startsWith("round,scope,phase,metric,value\n1,global,")
                .contains("\n30,bob,evaluation,rmse,");
        assertThat(Files.readString(out.resolve("report.html"))).contains("This was a simulation");
        ModelFile model = ModelFile.read(out.resolve("model.safetensors"));
        assertThat(model.round()).isEqualTo(30);
        assertThat(ModelFile.read(out.resolve("best.safetensors")).round()).isBetween(1, 30);
        assertThat(cli.out()).contains("  best: round ", out.resolve("best.safetensors").toString());
        assertThat(model.runFile().text()).isEqualTo(RUN);
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void theModelIsMeasuredOnRowsOfTheCoordinatorToo() throws IOException {
        Files.writeString(runFile, RUN + "evaluation: {central: test, best: central.rmse}\n");
        assertThat(simulate("--data", data("alice"), "--data", data("bob")).err())
                .contains(
                        "the run file asks for rows of the coordinator's own called test: give them with --rows test=FILE");
        write("test.csv", rows(60, 80).replace("\ntown-1,7.3", "\ntown-1,?"));
        Cli wrong = simulate("--data", data("alice"), "--data", data("bob"), "--rows", data("test"));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("test.csv", "line 15", "column x", "?");

        write("test.csv", rows(60, 80));
        Cli cli = simulate("--data", data("alice"), "--data", data("bob"), "--rows", data("test"), "--json");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.json().get("central").get("examples").asInt()).isEqualTo(20);
        assertThat(cli.json().get("bestRound").get("metric").asString()).isEqualTo("central.rmse");
        assertThat(Files.readString(out.resolve("metrics.csv"))).contains("\n30,global,central,rmse,");
        assertThat(Files.readString(out.resolve("report.html"))).contains("the coordinator&#39;s rows", "central RMSE",
                "--rows test=");
        assertThat(cli.err()).contains("  central ");
    }

    @Test
    void eachNodesModelIsMeasuredAtEachNode() throws IOException {
        Files.writeString(runFile, RUN + "evaluation: {crossSite: true}\n");
        Cli cli = simulate("--data", data("alice"), "--data", data("bob"), "--json");
        assertThat(cli.code()).as(cli.err()).isZero();
        JsonNode matrix = cli.json().get("crossSite");
        assertThat(matrix.get("alice").get("bob").get("rmse").asDouble()).isBetween(0.0, 1.0);
        assertThat(matrix.get("bob").get("bob").get("examples").asInt()).isEqualTo(5);
        assertThat(Files.readString(out.resolve("report.html"))).contains("Each node&#39;s model at each node",
                "class=\"heat right\"");
    }

    @Test
    void tellsMachinesTheSameAsOneObject() {
        Cli cli = simulate("--data", data("alice"), "--data", data("bob"), "--json");

        assertThat(cli.out().lines()).hasSize(1);
        JsonNode json = cli.json();
        assertThat(json.get("outcome").asString()).isEqualTo("finished");
        assertThat(json.get("rounds").asInt()).isEqualTo(30);
        assertThat(json.get("nodes").toString()).isEqualTo("[\"alice\",\"bob\"]");
        assertThat(json.get("evaluation").get("rmse").asDouble()).isBetween(0.0, 0.1);
        assertThat(json.get("seconds").asDouble()).isPositive();
        assertThat(Path.of(json.get("model").asString())).isRegularFile();
    }

    @Test
    void theNumberOfThreadsChangesNoByte() throws IOException {
        simulate("--data", folder.resolve("all.csv").toString(), "--partition", "iid:3", "--threads", "1");
        byte[] one = Files.readAllBytes(out.resolve("model.safetensors"));
        simulate("--data", folder.resolve("all.csv").toString(), "--partition", "iid:3", "--threads", "4");
        assertThat(Files.readAllBytes(out.resolve("model.safetensors"))).isEqualTo(one);
    }

    @Test
    void aColumnDividesOneFile() {
        Cli cli = simulate("--data", folder.resolve("all.csv").toString(), "--partition", "column:town", "--json");
        assertThat(cli.json().get("nodes").toString()).isEqualTo("[\"town-0\",\"town-1\",\"town-2\"]");
    }

    @Test
    void aRunThatFailsSaysWhyAndStillLeavesAReport() throws IOException {
        runFile = write("run.yaml", RUN.replace("rate: 0.2", "rate: 1.0e30"));
        Cli cli = simulate("--data", data("alice"), "--data", data("bob"), "--json");

        assertThat(cli.code()).isEqualTo(1);
        assertThat(cli.err()).contains("alice failed: local training diverged", "hansa: the run failed: ");
        assertThat(cli.json().get("outcome").asString()).isEqualTo("failed");
        assertThat(cli.json().has("model")).isFalse();
        assertThat(Files.readString(out.resolve("report.html"))).contains("failed: ");
    }

    @Test
    void aClientRefusesAsANodeWould() throws IOException {
        write("carol.csv", rows(60, 64));
        Cli cli = simulate("--data", data("alice"), "--data", data("bob"), "--data", data("carol"));
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.err()).contains("carol takes no part: there are fewer than 5 rows to train on");
    }

    @Test
    void namesAllProblemsOfTheRunFile() throws IOException {
        runFile = write("run.yaml", RUN.replace("rounds: 30", "rouns: 30").replace("rate: 0.2", "rate: fast"));
        mistake(simulate("--data", data("alice"), "--data", data("bob")), "2 problems", "run.yaml:6:1", "rounds",
                "run.yaml:5", "training.rate");
    }

    @Test
    void namesWhatIsMissing() {
        runFile = folder.resolve("none.yaml");
        mistake(simulate("--data", data("alice")), "there is no run file", "none.yaml");
    }

    @Test
    void namesFileRowAndColumnOfBadData() throws IOException {
        write("bob.csv", "town,x,y\nt,1,2\nt,many,3\n");
        mistake(simulate("--data", data("alice"), "--data", data("bob")), "bob.csv", "line 3", "column x", "many",
                "Mend the file, or what the run file says under data.");
    }

    @Test
    void namesAMissingFileOfRows() {
        mistake(simulate("--data", data("alice"), "--data", data("carol")), "carol.csv");
    }

    @Test
    void refusesWhatItCannotDivide() {
        String all = folder.resolve("all.csv").toString();
        mistake(simulate("--data", all, "--partition", "iid"), "--partition", "found 'iid'", "iid:N");
        mistake(simulate("--data", all, "--partition", "iid:0"), "found 'iid:0'");
        mistake(simulate("--data", all, "--partition", "iid:61"), "iid:61", "60 rows");
        mistake(simulate("--data", all, "--partition", "column:towns"), "towns", "did you mean \"town\"?",
                "Name a column of the file in --partition.");
        mistake(simulate("--data", data("alice"), "--partition", "iid:2"), "--partition divides one file");
    }

    @Test
    void refusesClientsWithoutNameTwiceOrTooFew() {
        mistake(simulate("--data", folder.resolve("all.csv").toString()), "names no client", "NAME=");
        mistake(simulate("--data", data("alice"), "--data", data("alice")), "names the client alice twice");
        mistake(simulate("--data", data("alice")), "wants 2 nodes", "rows for 1: alice");
        mistake(simulate("--data", data("alice"), "--threads", "0"), "--threads is 0");
        mistake(simulate(), "--data");
    }

    @Test
    void anOutputFolderThatCannotBeMadeIsNamed() throws IOException {
        out = write("file", "").resolve("out");
        Cli cli = simulate("--data", data("alice"), "--data", data("bob"));
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("--out", folder.resolve("file") + " is a file")
                .doesNotContain("\tat ", "--verbose")
                .doesNotContain("round 1");
    }

    private static void mistake(Cli cli, String... said) {
        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(cli.out()).isEmpty();
    }
}
