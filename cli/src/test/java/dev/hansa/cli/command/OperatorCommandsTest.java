package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.Cli;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The commands of operator and data owner that join, let in, refuse and stop. */
class OperatorCommandsTest extends OperatorFixture {

    @Test
    void aNodeStopsByInterruptAndGoesOnWithoutAToken() throws Exception {
        join("alice");
        await().until(() -> present().contains("alice"));
        Cli first = nodes.removeFirst().stop();
        assertThat(first.code()).isEqualTo(130);
        assertThat(first.err()).contains("joined https://localhost:", "as alice").doesNotContain("\tat ");

        nodes.add(Running.start(home, "join", "--data", home.resolve("alice.csv").toString(), "--state",
                home.resolve("alice").toString()));
        await().until(() -> present().contains("alice"));
    }

    @Test
    void whatTheCoordinatorRefusesIsAMistakeWithItsReason() throws IOException {
        mistake(hansa("runs", "show", "nosuchrun"), "there is no run nosuchrun", "'hansa runs' lists");
        mistake(hansa("runs", "show", "../nodes"), "no id of a run");
        mistake(hansa("model", "export", "nosuchrun", "--out", home.resolve("m").toString()), "nosuchrun");
        mistake(hansa("token", "--valid", "soon"), "--valid", "24h");
        mistake(hansa("token", "--valid", "9000d"), "777600000");
        Path bad = Files.writeString(home.resolve("bad.yaml"), "hansa: 1\nname: x\n");
        mistake(hansa("run", bad.toString()), "bad.yaml:");
        assertThat(home.resolve("m")).doesNotExist();
    }

    @Test
    void anAbsentOrForeignCoordinatorIsUnreachable() {
        Path token = coordinator.operatorTokenFile();
        coordinator.close();
        Cli cli = Cli.run(home, "", Map.of("HANSA_COORDINATOR", token.toString()), "nodes", "--json");
        assertThat(cli.code()).isEqualTo(3);
        assertThat(cli.err()).contains("does not answer", "hansa serve").doesNotContain("\tat ");
        assertThat(cli.json().get("exitCode").asInt()).isEqualTo(3);
    }

    @Test
    void tokensThatAreNoneAreNamedWithoutShowingThem() throws IOException {
        Path wrong = Files.writeString(home.resolve("wrong"), hansa("token").out());
        mistake(hansa("nodes", "--coordinator", wrong.toString()), "hansa-operator-");
        mistake(hansa("nodes", "--coordinator", home.resolve("none").toString()), "there is no file",
                "none, which should hold a token");
        mistake(hansa("nodes", "--coordinator", "hansa-operator-AAAA"), "not copied whole");
        mistake(hansa("nodes", "--coordinator", ""), "--coordinator is empty");
        mistake(hansa("nodes", "--coordinator", home.toString()), "is a folder");
        Path more = Files.writeString(home.resolve("more"), "hansa-join-SECRETxx --verbose");
        Cli file = hansa("join", "@" + more, "--data", home.resolve("bob.csv").toString());
        mistake(file, "the file " + more + " holds more than a token");
        assertThat(file.err()).doesNotContain("SECRETxx");
        Cli join = hansa("join", "hansa-join-SECRETxx", "--data", home.resolve("bob.csv").toString());
        mistake(join, "the join token cannot be used");
        assertThat(join.err()).doesNotContain("SECRETxx");
        mistake(hansa("join", "-", "--data", home.resolve("carol.csv").toString()), "carol.csv");
    }

    @Test
    void joiningWithoutATokenOrWithThatOfAnotherCoordinatorIsAMistake() throws Exception {
        String rows = home.resolve("bob.csv").toString();
        String state = home.resolve("new").toString();
        mistake(hansa("join", "--data", rows, "--state", state), "join with a token first");

        join("alice");
        await().until(() -> present().contains("alice"));
        nodes.removeFirst().stop();
        Token good = Token.parse(Token.Kind.JOIN, hansa("token").out());
        Sha256 other = Sha256.of(new byte[]{1});
        String foreign = new Token(Token.Kind.JOIN, good.address(), other, good.secret()).reveal();
        mistake(hansa("join", foreign, "--data", rows, "--state", home.resolve("alice").toString()), "to another",
                good.fingerprint().hex().substring(0, 12), other.hex().substring(0, 12));
    }

    @Test
    void whoeverIsNotTheTokensCoordinatorIsUnreachableForOperatorsAndNodes() throws IOException {
        Token good = Token.parse(Token.Kind.JOIN, hansa("token").out());
        Sha256 other = Sha256.of(new byte[]{1});
        String join = new Token(Token.Kind.JOIN, good.address(), other, good.secret()).reveal();
        String operator = new Token(Token.Kind.OPERATOR, good.address(), other, good.secret()).reveal();
        for (Cli cli : List.of(hansa("nodes", "--coordinator", operator),
                hansa("run", runFile.toString(), "--coordinator", operator),
                hansa("join", join, "--data", home.resolve("bob.csv").toString(), "--state",
                        home.resolve("new").toString()))) {
            assertThat(cli.code()).as(cli.err()).isEqualTo(3);
            assertThat(cli.err()).contains(good.fingerprint().hex()).doesNotContain("\tat ", "trying again");
        }
    }

    @Test
    void theTokenStandsAloneOnStandardOutput() {
        Cli cli = hansa("token", "--name", "alice", "--valid", "2h");
        assertThat(cli.out()).matches("hansa-join-[A-Za-z0-9_-]+\n");
        JsonNode json = hansa("token", "--json").json();
        assertThat(json.get("token").asString()).startsWith("hansa-join-");
        assertThat(json.get("expires").asString()).startsWith("20");
    }

    @Test
    void aTokenForATakenNameIsRefusedAndARemovedNodeStaysOut() throws Exception {
        join("alice");
        await().until(() -> present().contains("alice"));
        mistake(hansa("token", "--name", "alice"), "called alice");

        assertThat(hansa("nodes", "remove", "alice", "--json").json().get("removed").asString()).isEqualTo("alice");
        assertThat(present()).isEmpty();
        Cli removed = nodes.removeFirst().end().get();
        assertThat(removed.err()).contains("the operator has removed it").doesNotContain("\tat ");
        mistake(hansa("token", "--name", "alice"), "called alice");
        mistake(hansa("nodes", "remove", "bob"), "no node is called bob", "'hansa nodes' the nodes");
        mistake(hansa("nodes", "remove", "../runs"), "no name of a node", "'hansa nodes'");
    }

    @Test
    void aTokenThatIsUsedIsRefusedWithAdviceOnce() throws IOException {
        join("alice");
        await().until(() -> present().contains("alice"));
        Cli second = hansa("join", "@" + home.resolve("alice.token"), "--data", home.resolve("bob.csv").toString(),
                "--state", home.resolve("second").toString());
        mistake(second, "a node has joined with this token already; a token is good for one node: ask the operator");
        assertThat(second.err().split("ask the operator", -1)).hasSize(2);
    }

    @Test
    void serveTellsMachinesWhereItIsAndRefusesADataDirectoryInUse() throws Exception {
        Cli second = hansa("serve", "--port", "0");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains(".hansa").doesNotContain("\tat ");

        Path token = home.resolve("other/operator.token");
        Running serve =
                Running.start(home, "serve", "--port", "0", "--data", home.resolve("other").toString(), "--json");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(token)
                && hansa("nodes", "--coordinator", token.toString()).code() == 0);
        Cli end = serve.stop();
        assertThat(end.code()).isEqualTo(130);
        String first = end.out().lines().findFirst().orElseThrow();
        assertThat(first).contains("\"address\":\"https://localhost:", "\"fingerprint\":\"", "operator.token");
    }

    @Test
    void aDataDirectoryThatCannotBeIsAMistake() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        for (Cli cli : List.of(hansa("serve", "--port", "0", "--data", file.toString()),
                hansa("serve", "--port", "0", "--data", file.resolve("sub").toString()))) {
            mistake(cli, "--data", file + " is a file; name a folder");
            assertThat(cli.err()).doesNotContain("Exception");
        }
    }
}
