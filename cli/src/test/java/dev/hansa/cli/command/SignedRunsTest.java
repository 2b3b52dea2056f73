package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A real coordinator, and a node whose owner lets in what Alice has signed. */
class SignedRunsTest extends OperatorFixture {

    private String key(String name) {
        Cli made = hansa("key", "create", home.resolve(name + ".key").toString());
        assertThat(made.code()).as(made.err()).isZero();
        return made.out().strip();
    }

    private void joinBoth(String signer) throws IOException {
        Path policy = Files.writeString(home.resolve("policy.yaml"),
                "hansa: 1\nruns: {signers: [\"" + signer + "\"]}\ndata: {default: {}}\n");
        join("alice", "default", "--policy", policy.toString());
        join("bob");
        await().until(() -> present().containsAll(List.of("alice", "bob")));
    }

    private Cli run(String... more) throws IOException {
        Files.writeString(runFile, RUN.replace("nodes: 2", "nodes: 2, minimumReports: 1"));
        String[] args =
                {"run", runFile.toString(), "--json", "--out", Files.createTempDirectory(home, "out").toString()};
        return hansa(Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    @Test
    void aNodeLetsInWhatTheRightAuthorHasSigned() throws Exception {
        String author = key("author");
        String other = key("other");
        joinBoth(author);
        Cli signed = run("--sign", home.resolve("author.key").toString());
        assertThat(signed.code()).as(signed.err()).isZero();
        assertThat(signed.err()).doesNotContain("older than this program");
        String id = signed.json().get("run").asString();
        assertThat(hansa("runs", "show", id).out()).contains("signed by  " + author, "alice, bob took part");
        String state = home.resolve("alice").toString();
        assertThat(hansa("node", "ledger", "--state", state).out()).contains(id + " was signed by " + author);
        int told = hansa("node", "ledger", "--state", state, "--json").json().get("records").asInt();

        for (String[] wrong : List.of(new String[0], new String[]{"--sign", home.resolve("other.key").toString()})) {
            Cli refused = run(wrong);
            assertThat(refused.code()).as("bob is enough: " + refused.err()).isZero();
            assertThat(hansa("runs", "show", refused.json().get("run").asString()).out())
                    .contains("refused    alice: its owner's policy lets only in what is signed by " + author)
                    .contains(wrong.length == 0 ? "nobody has signed it" : "this is signed by " + other);
        }
        assertThat(hansa("node", "ledger", "--state", state, "--json").json().get("records").asInt()).isEqualTo(told);
    }

    @Test
    void questionsAreSignedToo() throws Exception {
        String author = key("author");
        joinBoth(author);
        Path ages = Files.writeString(home.resolve("ages.yaml"), """
                hansa: 1
                name: ages
                columns: {x: {between: [0, 100], tell: [mean]}}
                minimum: {nodes: 1}
                """);
        String[] ask = {"statistics", ages.toString(), "--json", "--out", home.resolve("s").toString()};
        assertThat(hansa(ask).json().get("without").get("alice").asString()).contains("nobody has signed it");
        Cli signed = hansa("statistics", ages.toString(), "--json", "--out", home.resolve("s").toString(), "--sign",
                home.resolve("author.key").toString());
        assertThat(signed.code()).as(signed.err()).isZero();
        assertThat(signed.json().get("without").size()).isZero();
    }

    @Test
    void aKeyIsItsOwnersAloneAndIsNeverOverwritten() throws IOException {
        Path file = home.resolve("alice.key");
        String author = key("alice");
        assertThat(author).matches("ed25519:[A-Za-z0-9_-]{43}");
        assertThat(hansa("key", "show", file.toString()).out().strip()).isEqualTo(author);
        if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(hansa("key", "show", file.toString()).err()).isEmpty();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(hansa("key", "show", file.toString()).err()).contains("others than its owner may read",
                    "rw-r--r--", "chmod 600 " + file);
        }
        String before = Files.readString(file);
        mistake(hansa("key", "create", file.toString()), "exists; a key is never overwritten");
        assertThat(Files.readString(file)).isEqualTo(before);
        Cli none = hansa("key", "show", runFile.toString());
        mistake(none, "is no key that 'hansa key create' made");
        assertThat(none.err()).as("of what is no key nothing else is said").doesNotContain("warning");
        mistake(hansa("key", "create", home.resolve("nowhere/alice.key").toString()), "there is no folder ");
        mistake(hansa("key", "show", home.resolve("none").toString()), "is not there");
        mistake(hansa("run", runFile.toString(), "--sign", home.resolve("none").toString()), "hansa key create");
        mistake(hansa("statistics", "x.yaml", "--data", "a=b.csv", "--sign", file.toString()),
                "statistics file x.yaml");
    }
}
