package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import dev.hansa.spec.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One file of rows, divided among clients. */
class SimulatePartitionTest extends SimulateFixture {

    @Test
    void aColumnDividesOneFile() {
        Cli cli = simulate("--data", folder.resolve("all.csv").toString(), "--partition", "column:town", "--json");
        assertThat(cli.json().get("nodes").toString()).isEqualTo("[\"town-0\",\"town-1\",\"town-2\"]");
    }

    @Test
    void theRunFileDividesOneFile() throws IOException {
        Files.writeString(runFile, RUN + "simulation: {partition: {type: shards, clients: 5, shards: 1}}\n");
        String all = folder.resolve("many.csv").toString();
        Cli cli = simulate("--data", all, "--json");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.json().get("nodes").size()).isEqualTo(5);

        assertThat(simulate("--data", all, "--partition", "powerlaw:3:0.5", "--json").json().get("nodes").size())
                .as("the option wins").isEqualTo(3);
        assertThat(simulate("--data", data("alice"), "--data", data("bob"), "--json").json().get("nodes").toString())
                .as("files with names are clients").isEqualTo("[\"alice\",\"bob\"]");
    }

    @Test
    void classesAreDividedByADirichletDistribution() throws IOException {
        Files.writeString(runFile,
                RUN.replace("label: y", "label: {town: {type: category, values: [town-0, town-1, town-2]}}")
                        .replace("model: linear", "model: softmax")
                        + "simulation: {partition: {type: dirichlet, clients: 4, alpha: 0.1}}\n");
        String all = folder.resolve("many.csv").toString();
        assertThat(simulate("--data", all, "--json").json().get("nodes").size()).isEqualTo(4);
        byte[] byFile = Files.readAllBytes(out.resolve("model.safetensors"));
        Files.writeString(runFile, Files.readString(runFile).replaceAll("simulation: .*", ""));
        simulate("--data", all, "--partition", "dirichlet:4:0.1");
        assertThat(ModelFile.read(out.resolve("model.safetensors")).parameters())
                .isEqualTo(ModelFile.read(Files.write(folder.resolve("m"), byFile)).parameters());
    }

    @Test
    void whatTheRowsCannotBeIsRefusedAtItsPlaceInTheRunFile() throws IOException {
        String all = folder.resolve("all.csv").toString();
        Files.writeString(runFile, RUN + "simulation: {partition: {type: iid, clients: 61}}\n");
        mistake(simulate("--data", all),
                "run.yaml:9:46: simulation.partition.clients: there are 60 rows for 61 clients",
                "at most 3 clients");
        Files.writeString(runFile, RUN + "simulation: {partition: {type: shards, clients: 40, shards: 2}}\n");
        mistake(simulate("--data", all), "run.yaml:9:", "into 80 shards", "at most 3 clients, for each");
        Files.writeString(runFile, RUN + "simulation: {partition: {type: column, column: towns}}\n");
        mistake(simulate("--data", all), "did you mean \"town\"?",
                "Name a column of the file in simulation.partition.column");
        Files.writeString(runFile, RUN.replace("nodes: 2", "nodes: 2, size: 4"));
        String many = folder.resolve("many.csv").toString();
        mistake(simulate("--data", many, "--partition", "iid:3"),
                "run.yaml:7:26: cohort.size: 4 clients are to be chosen",
                "has 3; expected at most 3");
        assertThat(simulate("--data", many, "--partition", "iid:4").code()).isZero();
    }

    @Test
    void partsOfWhichNoClientCouldTakePartAreRefusedWithTheNearestThatWorks() throws IOException {
        String many = folder.resolve("many.csv").toString();
        mistake(simulate("--data", many, "--partition", "shards:100:2"),
                "--partition shards:100:2: of 100 clients none could take part, and a round needs 2"
                        + " (cohort.minimumReports)",
                "expected at most 33 clients, for each client needs 17 rows");
        assertThat(simulate("--data", many, "--partition", "shards:33:2").code()).isZero();
        mistake(simulate("--data", many, "--partition", "iid:60"), "the largest has 10 rows",
                "expected at most 35 clients; a client takes part with 17 rows or more");
        assertThat(simulate("--data", many, "--partition", "iid:35").code()).isZero();
        mistake(simulate("--data", many, "--partition", "column:x"), "of 600 clients none could take part",
                "expected a column with fewer values, or more rows");
        Files.writeString(runFile, RUN + "simulation: {partition: {type: iid, clients: 60}}\n");
        mistake(simulate("--data", many), "run.yaml:9:46: simulation.partition.clients: of 60 clients");
        assertThat(simulate("--data", many, "--partition", "powerlaw:60:1").code())
                .as("the large ones take part").isZero();
    }

    @Test
    void theReportShowsHowRowsAreSpread() throws IOException {
        simulate("--data", folder.resolve("many.csv").toString(), "--partition", "powerlaw:6:1");
        assertThat(Files.readString(out.resolve("report.html"))).contains("Rows of each client",
                "6 clients with 41 to 243 rows", "<title>client-1: 243 rows</title>")
                .doesNotContain("time of the devices");
    }

    @Test
    void refusesWhatItCannotDivide() {
        String all = folder.resolve("all.csv").toString();
        mistake(simulate("--data", all, "--partition", "iid"), "--partition", "found 'iid'", "iid:N");
        mistake(simulate("--data", all, "--partition", "iid:0"), "found 'iid:0'");
        Map.of("dirichlet:3", "expected dirichlet:N:ALPHA", "dirichlet:3:0",
                "ALPHA of dirichlet:N:ALPHA is '0', expected a"
                        + " number from 0.000001 to 1000000",
                "dirichlet:3:-1", "ALPHA of dirichlet:N:ALPHA is '-1'",
                "dirichlet:0:1", "N of dirichlet:N:ALPHA is '0', expected a whole number", "shards:3:0",
                "SHARDS of shards:N:SHARDS is '0'", "shards:3:1.5", "SHARDS of shards:N:SHARDS is '1.5'",
                "powerlaw:3:-1", "EXPONENT of powerlaw:N:EXPONENT is '-1', expected a number of 0 or more", "column:",
                "expected column:NAME", "dirichelt:3:1", "iid:N, dirichlet:N:ALPHA, shards:N:SHARDS,"
                        + " powerlaw:N:EXPONENT or column:NAME; did you mean dirichlet?")
                .forEach((wrong, said) -> mistake(simulate("--data", all, "--partition", wrong),
                        "found '" + wrong + "'", said));
        mistake(simulate("--data", all, "--partition", "dirichlet:3:1"), "dirichlet divides by class", "y is a number");
        mistake(simulate("--data", all, "--partition", "shards:40:2"), "shards:40:2", "at most 3 clients");
        mistake(simulate("--data", all, "--partition", "iid:61"), "iid:61", "60 rows", "at most 3 clients",
                "with 17 rows or more, so that at least 5 are held out (one in 4) and at least 5 are left to train on");
        mistake(simulate("--data", all, "--partition", "column:towns"), "towns", "did you mean \"town\"?",
                "Name a column of the file in --partition.");
        mistake(simulate("--data", data("alice"), "--partition", "iid:2"), "--partition divides one file");
    }
}
