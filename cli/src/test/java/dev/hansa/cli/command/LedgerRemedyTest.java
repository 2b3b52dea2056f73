package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a node says of a ledger that fails, and whether it helps who does that. */
class LedgerRemedyTest extends OperatorFixture {
    private Path witness;
    private Path ledger;

    @BeforeEach
    void aNodeThatHasToldMoreThanTenThings() throws Exception {
        witness = home.resolve("witness");
        ledger = home.resolve("alice/ledger.jsonl");
        join("alice", "default", "--ledger-witness", witness.toString());
        join("bob");
        await().atMost(Duration.ofMinutes(1)).until(() -> present().containsAll(List.of("alice", "bob")));
        Files.writeString(runFile, RUN.replace("rounds: 3", "rounds: 12"));
        assertThat(run().code()).isZero();
        nodes.removeFirst().stop();
    }

    private Cli run() {
        return hansa("run", runFile.toString(), "--json", "--out", home.resolve("out-" + System.nanoTime()).toString());
    }

    private Cli shown(String... more) {
        return Cli.run(home, with(List.of("node", "ledger", "--state", home.resolve("alice").toString()), more));
    }

    private static String[] with(List<String> args, String... more) {
        List<String> all = new ArrayList<>(args);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Cli joined(String... more) {
        return Cli.run(home, with(List.of("join", "--data", home.resolve("alice.csv").toString()), more));
    }

    @Test
    void whatWasComparedIsSaidAndAWitnessThatIsNotThereIsNoYes() throws Exception {
        int records = Files.readAllLines(ledger).size();
        Cli compared = shown("--ledger-witness", witness.toString());
        assertThat(compared.code()).isZero();
        assertThat(compared.out()).contains("its " + records + " records hold together",
                "the witness " + witness + " knows of record " + records + ", the last",
                "the last 10 of " + records + " records ('hansa node ledger --all --state");
        JsonNode all = shown("--ledger-witness", witness.toString(), "--all", "--json").json();
        assertThat(all.get("last").size()).isEqualTo(records);
        assertThat(all.get("witness").get("knows").asInt()).isEqualTo(records);
        assertThat(shown("--all").out()).doesNotContain("the last 10 of");
        assertThat(shown("--json").json().get("witness").isNull()).isTrue();

        Cli missing = shown("--ledger-witness", home.resolve("nowhere").toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.out()).contains(
                "the witness " + home.resolve("nowhere") + " is not there and was not compared",
                "mount its disk");

        Files.writeString(ledger, "{\"seq", StandardOpenOption.APPEND);
        assertThat(shown().out()).contains("behind its records there are 5 bytes that are none")
                .doesNotContain("nothing was told");
    }

    @Test
    void theNewestCopyPutBackIsAllThatIsNeeded() throws Exception {
        byte[] copy = Files.readAllBytes(ledger);
        Files.write(ledger, Files.readAllLines(ledger).subList(0, 3));
        Cli stopped = joined("--state", home.resolve("alice").toString());
        assertThat(stopped.code()).isEqualTo(1);
        assertThat(stopped.err()).contains("If you have a copy of the ledger that nobody changed");
        Files.write(ledger, copy);
        nodes.add(Running.start(home, "join", "--data", home.resolve("alice.csv").toString(), "--state",
                home.resolve("alice").toString(), "--ledger-witness", witness.toString()));
        await().atMost(Duration.ofMinutes(1)).until(() -> present().contains("alice"));
        assertThat(run().code()).isZero();
    }

    /** Each step of it, in its order, and what happens to who leaves one out. */
    @Test
    void whoHasNoCopyAndBeginsAnewAsItIsSaidIsANodeAgain() throws Exception {
        List<String> lines = Files.readAllLines(ledger);
        Files.writeString(ledger, String.join("\n", lines).replace("\"round\":5", "\"round\":6") + "\n");
        Cli stopped = joined("--state", home.resolve("alice").toString(), "--ledger-witness", witness.toString());
        assertThat(stopped.code()).isEqualTo(1);
        assertThat(stopped.err()).contains("1. Keep the node's folder", "2. Name a new witness file",
                "3. Whoever runs the coordinator removes the node", "4. Join with that token and a new folder");

        Cli left = shown();
        assertThat(left.code()).isEqualTo(1);
        assertThat(left.out()).contains("records hold together by themselves, and show at least:", "EPSILON, ALL ROWS");
        JsonNode failed = shown("--json").json();
        assertThat(failed.get("valid").asBoolean()).isFalse();
        assertThat(failed.get("dataSets").get("default").get("updates").asInt()).isPositive();

        assertThat(hansa("nodes", "remove", "alice").code()).isZero();
        mistake(hansa("token", "--name", "alice"), "is, or was, called alice");
        Path token = Files.writeString(home.resolve("new.token"), hansa("token", "--name", "alice-2").out());
        String[] anew = {"@" + token, "--state", home.resolve("alice-2").toString(), "--ledger-witness"};
        Cli oldWitness = joined(with(List.of(anew), witness.toString()));
        assertThat(oldWitness.code()).isEqualTo(1);
        assertThat(oldWitness.err()).contains("it is new and the witness " + witness + " knew of another before");

        nodes.add(Running.start(home, with(List.of("join", "--data", home.resolve("alice.csv").toString()),
                with(List.of(anew), home.resolve("new-witness").toString()))));
        await().atMost(Duration.ofMinutes(1)).until(() -> present().contains("alice-2"));
        assertThat(run().code()).isZero();
        assertThat(Files.readString(home.resolve("new-witness"))).startsWith("hansa-ledger ");
    }

    @Test
    void aLedgerThatIsMissingOrAFolderOfNoNodeIsNoVerifiedLedger() throws Exception {
        Files.move(ledger, home.resolve("moved.jsonl"));
        Cli missing = shown("--json");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("the ledger " + ledger + " is missing, though this node has worked for its"
                + " coordinator").doesNotContain("\tat ");
        assertThat(missing.json().get("valid").asBoolean()).isFalse();

        Path none = Files.createDirectories(home.resolve("none"));
        mistake(Cli.run(home, "node", "ledger", "--state", none.toString()), none + " is no node's folder");
    }
}
