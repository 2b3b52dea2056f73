package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CompareTest {
    private static final String RUN = """
            hansa: 1
            name: lines
            data: {features: [x], label: y, holdOut: {every: 4}}
            model: linear
            training: {batchSize: 10, rate: 0.2}
            rounds: 3
            simulation: {partition: {type: iid, clients: 3}}
            """;

    @TempDir
    private Path folder;
    private Path report;

    @BeforeEach
    void results() throws IOException {
        report = folder.resolve("compare.html");
        rows("all.csv", 90);
        simulate("one", RUN, "all.csv");
    }

    private void rows(String name, int number) throws IOException {
        StringBuilder csv = new StringBuilder("x,y\n");
        IntStream.range(0, number).forEach(i -> csv.append(i * 0.1).append(',').append(2 * i * 0.1 + 1).append('\n'));
        Files.writeString(folder.resolve(name), csv);
    }

    private void simulate(String out, String run, String rows, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), run);
        List<String> args = new ArrayList<>(List.of("simulate", file.toString(), "--data",
                folder.resolve(rows).toString(), "--out", folder.resolve(out).toString()));
        args.addAll(List.of(more));
        Cli cli = Cli.run(folder, args.toArray(String[]::new));
        assertThat(cli.code()).as(cli.err()).isZero();
    }

    private Cli compare(String... names) {
        List<String> args = new ArrayList<>(List.of("compare", "--out", report.toString(), "--json"));
        List.of(names).forEach(name -> args.add(folder.resolve(name).toString()));
        return Cli.run(folder, args.toArray(String[]::new));
    }

    @Test
    void whatRunFilesSayOtherwiseIsListedKeyByKeyAndNothingElse() throws IOException {
        simulate("other", RUN.replace("rate: 0.2", "epochs: 1, rate: 0.1") + "# slower\n" + "strategy: fedprox\n",
                "all.csv");
        Cli cli = compare("one", "other");

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.json().get("cells")).hasSize(2);
        assertThat(cli.json().get("cells").get(0).get("settings").propertyNames())
                .containsExactlyInAnyOrder("results", "training.rate", "strategy", "strategy.mu");
        assertThat(cli.json().get("best").get("training.rate").asString()).isEqualTo("0.2");
        assertThat(cli.json().get("notes")).isEmpty();
        assertThat(Files.readString(report)).contains("What was run otherwise", "strategy.mu", "2 results side by side",
                "results").doesNotContain("training.epochs", "different rows");
        assertThat(Cli.run(folder, "compare", folder.resolve("one").toString(), folder.resolve("other").toString(),
                "--out", report.toString()).out()).contains("KEY ", "training.rate", "HELD-OUT RMSE");
    }

    @Test
    void seedsAreOneResultAndAGridIsMany() throws IOException {
        simulate("seeds", RUN, "all.csv", "--seeds", "3");
        simulate("grid", RUN, "all.csv", "--grid", "training.rate=0.1,0.3", "--seeds", "2");
        Cli cli = compare("one", "seeds", "grid");

        assertThat(cli.json().get("runs").asInt()).isEqualTo(8);
        assertThat(cli.json().get("cells")).hasSize(4)
                .allSatisfy(cell -> assertThat(cell.get("settings").propertyNames())
                        .containsExactlyInAnyOrder("results", "training.rate"));
    }

    @Test
    void theSameRowsUnderOtherNamesAreTheSame() throws IOException {
        Files.copy(folder.resolve("all.csv"), folder.resolve("copy.csv"));
        Path file = Files.writeString(folder.resolve("two.yaml"), RUN.replace("simulation:", "# simulation:"));
        for (String names : List.of("alice bob", "bob alice", "zoe yan")) {
            String[] name = names.split(" ");
            Cli cli = Cli.run(folder, "simulate", file.toString(), "--out", folder.resolve(names).toString(), "--data",
                    name[0] + "=" + folder.resolve("all.csv"), "--data", name[1] + "=" + folder.resolve("copy.csv"));
            assertThat(cli.code()).as(cli.err()).isZero();
        }
        assertThat(compare("alice bob", "bob alice", "zoe yan").json().get("notes")).isEmpty();
    }

    @Test
    void privacyIsALineAndAColumnAndNoBudgetIsNoEpsilon() throws IOException {
        String hidden = RUN.replace("holdOut: {every: 4}", "holdOut: {every: 4}, standardise: false")
                + "privacy: {type: local, clip: 1, noise: 1.5, delta: 1e-4, exempt: [evaluation]}\n";
        simulate("noisy", hidden, "all.csv");
        simulate("budget", hidden.replace("noise: 1.5", "epsilon: 4"), "all.csv");
        Cli cli = Cli.run(folder, "compare", folder.resolve("one").toString(), folder.resolve("noisy").toString(),
                folder.resolve("budget").toString(), "--out", report.toString());

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("EPSILON", " none ", "no budget", "epsilon as in the table, with delta 1e-4",
                "of " + folder.resolve("one") + ": none; what was learned may tell").doesNotContain("unlimited");
        assertThat(Files.readString(report)).contains("epsilon as in the table, with delta 1e-4", "no budget")
                .doesNotContain("unlimited");
        JsonNode cells = compare("noisy", "budget").json().get("cells");
        assertThat(cells).allSatisfy(cell -> {
            assertThat(cell.get("runs").get(0).get("epsilon").asDouble()).isPositive();
            assertThat(cell.get("runs").get(0).get("privacy").asString()).startsWith("delta 1e-4, ");
        });
    }

    @Test
    void otherRowsAreTold() throws IOException {
        rows("more.csv", 120);
        simulate("more", RUN, "more.csv");
        Cli cli = compare("one", "more");
        assertThat(cli.err()).contains("They were run on different rows");
        assertThat(cli.json().get("notes").get(0).asString()).contains("one", "more");
        assertThat(Files.readString(report)).contains("They were run on different rows");
    }

    @Test
    void aSimulationIsComparedWithEarlierResultsAtItsEnd() throws IOException {
        simulate("rates", RUN, "all.csv", "--grid", "training.rate=0.1,0.3", "--grid", "rounds=2,3");
        Path file = Files.writeString(folder.resolve("run.yaml"), RUN.replace("rate: 0.2", "rate: 0.25"));
        List<String> args = List.of("simulate", file.toString(), "--data", folder.resolve("all.csv").toString(),
                "--out", folder.resolve("new").toString(), "--compare",
                folder.resolve("one") + "," + folder.resolve("rates/training.rate=0.1,rounds=3"));
        Cli cli = Cli.run(folder, Stream.concat(args.stream(), Stream.of("--json")).toArray(String[]::new));

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.json().get("name").asString()).as("the run's own").isEqualTo("lines");
        JsonNode comparison = cli.json().get("comparison");
        report = folder.resolve("new/compare.html");
        assertThat(comparison.get("report").asString()).isEqualTo(report.toString());
        JsonNode byCommand = compare("new", "one", "rates/training.rate=0.1,rounds=3").json();
        assertThat(comparison).as("as the command tells it").isEqualTo(byCommand);
        assertThat(comparison.get("cells")).hasSize(3);
        assertThat(report).content().contains("3 results side by side", "training.rate");
        assertThat(Cli.run(folder, args.toArray(String[]::new)).out()).contains("lines: finished after 3 rounds",
                "HELD-OUT RMSE", "training.rate", "0.25", "compare.html");
    }

    @Test
    void aSweepIsComparedSettingBySetting() throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), RUN);
        Cli cli = Cli.run(folder, "simulate", file.toString(), "--data", folder.resolve("all.csv").toString(),
                "--out", folder.resolve("grid").toString(), "--grid", "training.rate=0.1,0.3", "--compare",
                folder.toString(), "--json");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.json().get("cells")).hasSize(2);
        assertThat(cli.json().get("comparison").get("cells")).as("each once, though the folder lies in the other")
                .hasSize(3);
    }

    @Test
    void whatCannotBeComparedIsRefusedBeforeTheStart() throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), RUN.replace("label: y",
                "label: {y: {type: category, values: [1.0, 1.2]}}").replace("model: linear", "model: softmax"));
        mistake(file, "none", "there is no folder " + folder.resolve("none"));
        mistake(file, "one", folder.resolve("one") + " is measured by rmse, and this run file by accuracy");
        mistake(Files.writeString(file, RUN), "new", "is where the results of this simulation go");
    }

    private void mistake(Path file, String earlier, String said) throws IOException {
        Cli cli = Cli.run(folder, "simulate", file.toString(), "--data", folder.resolve("all.csv").toString(),
                "--out", folder.resolve("new").toString(), "--compare", folder.resolve(earlier).toString());
        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(said);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void numbersAreShownShortUnlessThatWouldMakeThemAlike() throws IOException {
        simulate("long", RUN.replace("rate: 0.2", "rate: 0.30000000000000004"), "all.csv");
        assertThat(shown("one", "long")).contains("0.3 ").doesNotContain("0.30000000000000004");
        simulate("short", RUN.replace("rate: 0.2", "rate: 0.3"), "all.csv");
        assertThat(shown("short", "long")).contains("0.30000000000000004");
    }

    private String shown(String first, String second) {
        return Cli.run(folder, "compare", folder.resolve(first).toString(), folder.resolve(second).toString(),
                "--out", report.toString()).out().lines().map(line -> line + " ").collect(Collectors.joining("\n"));
    }

    @Test
    void onlyReportsAreReplaced() throws IOException {
        Files.writeString(report, "my own page");
        Cli refused = compare("one");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(report + " is there and is no report of Hansa's", "name another file");
        assertThat(report).hasContent("my own page");
        Files.writeString(report, "");
        assertThat(compare("one").code()).isZero();
        assertThat(compare("one").code()).as("its own report").isZero();
    }

    @Test
    void whatHoldsNoResultsIsRefused() throws IOException {
        assertThat(compare("none").err()).contains("there is no folder");
        Files.createDirectories(folder.resolve("empty"));
        Cli cli = compare("one", "empty");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("holds no results of a simulation (no result.json)");
        assertThat(report).doesNotExist();
    }
}
