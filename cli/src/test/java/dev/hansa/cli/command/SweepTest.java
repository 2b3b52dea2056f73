package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import dev.hansa.cli.results.FolderLock;
import dev.hansa.cli.sweep.SweepOptions;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class SweepTest {
    private static final String RUN = """
            hansa: 1
            name: lines   # y = 2 x + 1
            data: {features: [x], label: y, holdOut: {every: 4}}
            model: linear
            training: {epochs: 1, batchSize: 10, rate: 0.2}
            rounds: 5
            cohort: {nodes: 3, size: 2}
            seed: 3
            simulation: {partition: {type: iid, clients: 3}}
            """;

    @TempDir
    private Path folder;
    private Path out;

    @BeforeEach
    void files() throws IOException {
        out = folder.resolve("out");
        Files.writeString(folder.resolve("run.yaml"), RUN);
        Files.writeString(folder.resolve("all.csv"), rows(90));
    }

    private static String rows(int number) {
        StringBuilder csv = new StringBuilder("x,y\n");
        IntStream.range(0, number).forEach(i -> csv.append(i * 0.1).append(',').append(2 * i * 0.1 + 1 + i % 3 * 0.1)
                .append('\n'));
        return csv.toString();
    }

    private Cli simulate(String... more) {
        String[] args = Stream.concat(Stream.of("simulate", folder.resolve("run.yaml").toString(), "--data",
                folder.resolve("all.csv").toString(), "--out", out.toString()), Stream.of(more)).toArray(String[]::new);
        return Cli.run(folder, args);
    }

    private Cli good(String... more) {
        Cli cli = simulate(more);
        assertThat(cli.code()).as(cli.err()).isZero();
        return cli;
    }

    @Test
    void whatEachSettingPromisesAwayIsToldAndWhereNoiseLeftNothing() throws IOException {
        Files.writeString(folder.resolve("run.yaml"), RUN.replace("holdOut: {every: 4}",
                "holdOut: {every: 4}, standardise: false").replace(", size: 2", "")
                + "privacy: {type: local, clip: 0.1, epsilon: 1, delta: 1e-4, exempt: [evaluation]}\n");
        Cli cli = good("--grid", "privacy.epsilon=0.5,2", "--seeds", "2");

        assertThat(cli.out()).contains("EPSILON", "privacy: epsilon as in the table, with delta 1e-4",
                "the model has learnt next to nothing: R² ");
        assertThat(Files.readString(out.resolve("report.html"))).contains("epsilon as in the table, with delta 1e-4",
                "the model has learnt next to nothing: R² ");
        assertThat(good("--grid", "privacy.epsilon=0.5,2", "--seeds", "2", "--json").json().get("cells"))
                .allSatisfy(cell -> assertThat(cell.get("runs")).allSatisfy(run -> {
                    assertThat(run.get("epsilon").asDouble())
                            .isLessThanOrEqualTo(cell.get("settings").get("privacy.epsilon").asDouble());
                }));
    }

    @Test
    void eachSeedHasAFolderAndAllAReport() throws IOException {
        Cli cli = good("--seeds", "4");

        for (int seed = 3; seed < 7; seed++) {
            Path one = out.resolve("seed-" + seed);
            assertThat(one.resolve("model.safetensors")).isRegularFile();
            assertThat(RunFile.read(one.resolve("run.yaml")).spec().seed().value()).isEqualTo(seed);
        }
        assertThat(cli.out()).contains("HELD-OUT RMSE", " ± ", out.resolve("report.html").toString());
        assertThat(cli.err()).contains("4/4  seed 6: held-out RMSE ").doesNotContain("round 1/");
        assertThat(Files.readString(out.resolve("report.html"))).contains("4 seeds", "all 4 runs finished",
                "95 % confidence interval of the mean (Student’s t over seeds)", "class=\"band all\"",
                "all seeds: 12 values", "evenness of updates");
        List<String> metrics = Files.readAllLines(out.resolve("metrics.csv"));
        assertThat(metrics.getFirst()).isEqualTo("seed,round,scope,phase,metric,value");
        assertThat(metrics).anyMatch(line -> line.startsWith("3,1,global,")).anyMatch(line -> line
                .startsWith("6,5,client-1,evaluation,rmse,")).doesNotHaveDuplicates();
    }

    @Test
    void theRunFileOfASeedGivesTheSameBytes() throws IOException {
        good("--seeds", "2", "--partition", "powerlaw:3:0.5", "--devices", "edge");
        Path first = out.resolve("seed-4");
        assertThat(Cli.run(folder, "simulate", first.resolve("run.yaml").toString(), "--data",
                folder.resolve("all.csv").toString(), "--out", folder.resolve("again").toString()).code()).isZero();
        for (String file : List.of("run.yaml", "model.safetensors", "best.safetensors", "metrics.csv")) {
            assertThat(folder.resolve("again").resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    @Test
    void whatIsDamagedIsRunAgain() throws IOException {
        good("--seeds", "3");
        Files.writeString(out.resolve("seed-3/result.json"), "{\"format\": 1}");
        Files.writeString(out.resolve("seed-4/result.json"), "null");
        Files.delete(out.resolve("seed-5/metrics.csv"));
        Cli again = good("--seeds", "3");
        assertThat(again.err()).contains("3/3  seed 5: ").doesNotContain("already done");
        assertThat(good("--seeds", "3").err()).contains("3 of 3 runs already done");
    }

    @Test
    void metricsThatAreNoMetricsAreMadeAgain() throws IOException {
        good("--seeds", "3");
        Files.writeString(out.resolve("seed-4/metrics.csv"),
                "round,scope,phase,metric,value\n1,global,training,loss\n");
        Files.writeString(out.resolve("seed-5/run.yaml"), "hansa: one\n");
        Cli again = good("--seeds", "3");
        assertThat(again.err()).contains("seed 4 is run again: ", "metrics.csv is not as Hansa wrote it: ",
                "seed 5 is run again: ", "run.yaml is not as Hansa wrote it: ", "1 of 3 runs already done; 2 to go",
                "3/3  seed 5: ");
        assertThat(good("--seeds", "3").err()).contains("3 of 3 runs already done");
    }

    @Test
    void aRunThatFailsKeepsWhatAnEarlierOneCameTo() throws IOException {
        good();
        byte[] model = Files.readAllBytes(out.resolve("model.safetensors"));
        Files.writeString(folder.resolve("run.yaml"), RUN.replace("rate: 0.2", "rate: 1.0e30"));
        for (int time = 0; time < 2; time++) {
            assertThat(simulate().code()).isEqualTo(1);
            assertThat(Files.readString(out.resolve("result.json"))).contains("\"outcome\" : \"failed\"");
            assertThat(out.resolve("earlier/model.safetensors")).hasBinaryContent(model);
            assertThat(Cli.run(folder, "compare", out.resolve("earlier").toString(), "--out",
                    folder.resolve("compare.html").toString()).out()).contains("HELD-OUT RMSE");
        }
    }

    @Test
    void whatAKilledProcessLeftIsClearedAway() throws IOException {
        Files.createDirectories(out.resolve("seed-3"));
        Path left = Files.writeString(out.resolve("seed-3/.report.html.999999999.part"), "");
        Path above = Files.writeString(out.resolve(".report.html.999999999.part"), "");
        Path alive = Files.writeString(out.resolve(".metrics.csv." + ProcessHandle.current().pid() + ".part"), "");
        good("--grid", "seed=3");
        good("--seeds", "3");
        assertThat(List.of(left, above)).noneMatch(Files::exists);
        assertThat(alive.resolveSibling("report.html")).exists();
    }

    @Test
    void aFolderThatAnotherSimulationWritesIntoIsRefused() throws IOException {
        Files.createDirectories(out);
        try (FolderLock _ = FolderLock.take(out)) {
            Cli cli = simulate("--seeds", "2");
            assertThat(cli.code()).isEqualTo(2);
            assertThat(cli.err()).contains("another simulation is writing its results into " + out,
                    "name another folder");
            assertThat(simulate().err()).contains("another simulation is writing its results");
        }
        good("--seeds", "2");
    }

    @Test
    void otherGridsHaveOtherFolders() {
        assertThat(options("--seeds", "2").folder()).isEqualTo("-sweep");
        assertThat(options("--grid", "rounds=1,2", "--grid", "training.rate=1", "--seeds", "2").folder())
                .isEqualTo("-sweep-rounds-training.rate");
        assertThat(options("--grid", "x".repeat(200) + "=1").folder()).hasSizeLessThan(120);
    }

    private static SweepOptions options(String... args) {
        return CommandLine.populateCommand(new SweepOptions(), args);
    }

    @Test
    void aClientMayBeCalledLikeTheTotals() throws IOException {
        Files.writeString(folder.resolve("run.yaml"), RUN.replace("nodes: 3", "nodes: 2"));
        Files.writeString(folder.resolve("far.csv"), "x,y\n" + "9,1\n0,500\n".repeat(20));
        Cli cli = Cli.run(folder, "simulate", folder.resolve("run.yaml").toString(), "--data",
                "a=" + folder.resolve("all.csv"), "--data", "global=" + folder.resolve("far.csv"), "--out",
                out.toString(), "--seeds", "2", "--json");
        assertThat(cli.code()).as(cli.err()).isZero();
        double total = Files.readAllLines(out.resolve("seed-3/metrics.csv")).stream()
                .filter(line -> line.startsWith("5,global,evaluation,rmse,")).findFirst()
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1))).orElseThrow();
        assertThat(cli.json().get("cells").get(0).get("runs").get(0).get("value").asDouble()).isEqualTo(total);
    }

    @Test
    void aStrategyThatNeedsTheNumberOfNodesTakesThatOfClients() throws IOException {
        Files.writeString(folder.resolve("run.yaml"),
                RUN.replace("nodes: 3, size: 2", "size: 3") + "strategy: scaffold\n");
        Cli cli = good();
        assertThat(cli.err()).contains("cohort.nodes is taken for 3, as many as the simulation has clients");
        assertThat(RunFile.read(out.resolve("run.yaml")).spec().cohort().nodes()).isEqualTo(3);
        assertThat(simulate("--partition", "iid:5").err()).contains("cohort.nodes is taken for 5");
        assertThat(simulate("--partition", "iid:2").err()).as("too few").contains("has to know among how many nodes")
                .doesNotContain("is taken for");
    }

    @Test
    void aStrategyOfAGridDoesSoToo() throws IOException {
        Files.writeString(folder.resolve("run.yaml"), RUN.replace("nodes: 3, size: 2", "size: 3"));
        Cli cli = good("--grid", "strategy=fedprox,scaffold", "--partition", "iid:4");
        assertThat(cli.err()).contains("strategy=scaffold: cohort.nodes is taken for 4");
        assertThat(RunFile.read(out.resolve("strategy=scaffold/run.yaml")).spec().cohort().nodes()).isEqualTo(4);
    }

    @Test
    void whatNeedsTooMuchMemoryIsRefusedBeforeAnyRun() throws IOException {
        mistake("--grid model={type: mlp, hidden: [30000, 30000]}: the simulation needs about ", "--grid",
                "model=linear,{type: mlp, hidden: [30000, 30000]}", "--grid", "rounds=1,2");
        assertThat(out).doesNotExist();
    }

    @Test
    void theReportTellsHowToTypeItAgain() throws IOException {
        good("--seeds", "2", "--partition", "iid:4", "--devices", "edge");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("--partition iid:4 --devices edge --seeds 2 --out");
    }

    @Test
    void theUsersRunFileStaysItself() throws IOException {
        Cli cli = Cli.run(folder, "simulate", folder.resolve("run.yaml").toString(), "--data",
                folder.resolve("all.csv").toString(), "--partition", "iid:4", "--out", folder.toString());
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("is the run file itself", "name another folder");
        assertThat(folder.resolve("run.yaml")).hasContent(RUN);
    }

    @Test
    void thereMustBeAsManySeeds() throws IOException {
        Files.writeString(folder.resolve("run.yaml"), RUN.replace("seed: 3", "seed: 9223372036854775806"));
        Cli cli = simulate("--seeds", "3");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("there are no 3 seeds from 9223372036854775806 on");
    }

    @Test
    void aGridRanksItsSettings() throws IOException {
        Cli cli = good("--grid", "training.rate=0.001,0.2", "--grid", "cohort.size=2,3", "--seeds", "2", "--json");

        JsonNode json = cli.json();
        assertThat(cli.out().lines()).hasSize(1);
        assertThat(json.get("runs").asInt()).isEqualTo(8);
        assertThat(json.get("metric").asString()).isEqualTo("evaluation.rmse");
        assertThat(json.get("best").get("training.rate").asString()).isEqualTo("0.2");
        assertThat(json.get("cells").get(0).get("mean").asDouble())
                .isLessThan(json.get("cells").get(3).get("mean").asDouble());
        assertThat(json.get("cells").get(0).get("runs").get(1).get("seed").asInt()).isEqualTo(4);
        assertThat(out.resolve("training.rate=0.2,cohort.size=3/seed-4/report.html")).isRegularFile();
        assertThat(Files.readString(out.resolve("report.html"))).contains("0.2 (best)",
                "training.rate against cohort.size", "class=\"heat right\"",
                "fewer than three seeds tell no confidence");
        assertThat(Files.readAllLines(out.resolve("metrics.csv")).getFirst())
                .isEqualTo("training.rate,cohort.size,seed,round,scope,phase,metric,value");
    }

    @Test
    void aRunIsMadeOnceAndAgainWhenAnythingDiffers() throws IOException {
        good("--seeds", "2");
        FileTime before = stamp(3);
        assertThat(good("--seeds", "3").err()).contains("2 of 3 runs already done; 1 to go", "3/3  seed 5");
        assertThat(stamp(3)).as("not written again").isEqualTo(before);
        assertThat(good("--seeds", "3").err()).contains("3 of 3 runs already done").doesNotContain("seed 5:");
        assertThat(good("--seeds", "3", "--fresh").err()).contains("seed 5:").doesNotContain("already done");

        Files.writeString(folder.resolve("all.csv"), rows(93));
        assertThat(good("--seeds", "3").err()).as("another file").contains("3/3  seed 5").doesNotContain("already");
        Files.writeString(folder.resolve("run.yaml"), RUN.replace("rounds: 5", "rounds: 6"));
        assertThat(good("--seeds", "3").err()).as("another run").contains("3/3  seed 5").doesNotContain("already");
        Files.writeString(folder.resolve("run.yaml"), RUN.replace("rounds: 5 ", "rounds: 6").replace("rounds: 5",
                "# six\nrounds: 6"));
        assertThat(good("--seeds", "3").err()).as("another comment").contains("3 of 3 runs already done");
    }

    private FileTime stamp(int seed) throws IOException {
        return Files.getLastModifiedTime(out.resolve("seed-" + seed + "/model.safetensors"));
    }

    @Test
    void aFolderWithoutReceiptIsNotTakenForDone() throws IOException {
        good("--seeds", "2");
        Files.delete(out.resolve("seed-3/result.json"));
        Files.writeString(out.resolve("seed-4/result.json"), "{\"format\": 1, \"ru");
        assertThat(good("--seeds", "2").err()).contains("1/2  seed 3", "2/2  seed 4").doesNotContain("already");
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnyRun() {
        mistake("a run file has no key optimizer.rate; did you mean training.rate?", "--grid", "optimizer.rate=0.1");
        mistake("--grid training.rate=fast: training.rate: found \"fast\", expected a number", "--grid",
                "training.rate=0.1,fast");
        mistake("--grid cohort.size=4: cohort.size: 4 clients are to be chosen for a round", "--grid",
                "cohort.size=2,4");
        mistake("--grid simulation.partition.clients=91", "--grid", "simulation.partition.clients=3,91");
        mistake("--partition says what --grid varies", "--partition", "iid:4", "--grid",
                "simulation.partition.clients=3,4");
        mistake("found '0', expected how many", "--seeds", "0");
        assertThat(out.resolve("training.rate=0.1")).doesNotExist();
    }

    private void mistake(String said, String... more) {
        Cli cli = simulate(more);
        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(out).as("nothing was run").doesNotExist();
    }

    @Test
    void aSettingThatFailsIsShownAndTheOthersRun() throws IOException {
        Cli cli = simulate("--grid", "training.rate=1.0e30,0.2", "--json");
        assertThat(cli.code()).isEqualTo(1);
        assertThat(cli.err()).contains("1 of 2 runs did not finish",
                "  1 run failed: round 1 did not get the 2 updates");
        assertThat(cli.json().get("best").get("training.rate").asString()).isEqualTo("0.2");
        assertThat(cli.json().get("cells").get(1).get("mean").isNull()).isTrue();
        assertThat(Files.readString(out.resolve("report.html"))).contains("1 of 2 runs did not finish",
                "1 unfinished");
        assertThat(simulate("--grid", "training.rate=1.0e30,0.2").err()).contains("2 of 2 runs already done");
    }

    @Test
    void whatGoesWrongInManyRunsIsToldOnceAndCounted() {
        Cli cli = simulate("--grid", "training.rate=1.0e30,2.0e30", "--seeds", "3");
        assertThat(cli.code()).isEqualTo(1);
        assertThat(cli.err().lines().filter(line -> line.contains("local training diverged"))).hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("training.rate=1.0e30, seed 3: round 1: "),
                        count -> assertThat(count).startsWith("120 times in 6 runs the like of: round 1: "),
                        why -> assertThat(why).startsWith("  6 runs failed: round 1 did not get the 2 updates"));
        assertThat(cli.err().lines().filter(line -> line.contains("was abandoned"))).hasSize(2);
    }

    @Test
    void whatASimulationNeedsIsToldIfAsked() {
        assertThat(good("--verbose").err())
                .containsPattern("needs about [0-9.]+ MB of the .* of memory that it may take"
                        + " \\(rows [^,]+, models [^,]+, threads ");
        out = folder.resolve("quiet");
        assertThat(good().err()).doesNotContain("needs about");
    }

    @Test
    void theResultsOfASingleRunAreNotMixedIn() {
        good();
        Cli cli = simulate("--seeds", "2");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("holds the results of a single run; name another folder");
    }
}
