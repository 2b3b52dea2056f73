package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What {@code hansa simulate} says of mistakes. */
class SimulateMistakesTest extends SimulateFixture {

    @Test
    void unknownDevicesAreRefused() {
        mistake(simulate("--data", data("alice"), "--data", data("bob"), "--devices", "phone"),
                "found 'phone', expected phones, edge, hospitals, dataCentre; did you mean phones?");
    }

    @Test
    void aDeltaThatPromisesNothingToSoManyClientsIsRefusedBeforeTheStart() throws IOException {
        runFile = write("run.yaml", RUN.replace("cohort:", "privacy: {type: local, clip: 1, noise: 4, delta: 0.2,"
                + " exempt: [statistics, evaluation]}\ncohort:"));
        mistake(simulate("--data", folder.resolve("many.csv").toString(), "--partition", "iid:6"),
                "run.yaml: privacy.delta is 0.2, and there are 6 nodes");
        assertThat(out).doesNotExist();
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
    void refusesClientsWithoutNameTwiceOrTooFew() {
        mistake(simulate("--data", folder.resolve("all.csv").toString()), "names no client", "NAME=");
        mistake(simulate("--data", data("alice"), "--data", data("alice")), "names the client alice twice");
        mistake(simulate("--data", data("alice")), "wants 2 nodes", "rows for 1: alice");
        mistake(simulate("--data", data("alice"), "--threads", "0"), "--threads is 0");
        mistake(simulate(), "--data");
    }

    @Test
    void ofManyClientsAFewAreNamed() throws IOException {
        runFile = write("run.yaml", RUN.replace("nodes: 2", "nodes: 8"));
        mistake(simulate("--data", folder.resolve("many.csv").toString(), "--partition", "iid:7"),
                "wants 8 nodes", "rows for 7: client-1, client-2, client-3, client-4, client-5 … and 2 more\n");
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
}
