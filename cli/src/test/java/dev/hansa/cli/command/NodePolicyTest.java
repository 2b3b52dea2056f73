package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.cli.Cli;
import dev.hansa.client.NodeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A real coordinator, and nodes whose owners have the last word. */
class NodePolicyTest extends OperatorFixture {
    /** A round costs a node what a Gaussian of half the noise does: six of them 2.5, nine 3.1, of epsilon. */
    private static final String PRIVATE = """
            hansa: 1
            name: lines
            purpose: prices
            data: {features: [x], label: y, standardise: false}
            model: linear
            training: {epochs: 1, batchSize: all, rate: 0.001}
            rounds: 3
            cohort: {nodes: 2, minimumReports: 1}
            evaluation: {every: 0}
            privacy: {type: local, clip: 1, noise: 8, delta: 1e-5}
            """;

    private String ledger(String node) {
        return home.resolve(node).toString();
    }

    private JsonNode ledgerOf(String node, String... more) {
        List<String> args = new ArrayList<>(List.of("node", "ledger", "--state", ledger(node), "--json"));
        args.addAll(List.of(more));
        return hansa(args.toArray(String[]::new)).json();
    }

    private Path policy(String text) throws IOException {
        return Files.writeString(home.resolve("policy.yaml"), "hansa: 1\n" + text);
    }

    private void joinBoth(Path policy, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("--policy", policy.toString()));
        args.addAll(List.of(more));
        join("alice", "default", args.toArray(String[]::new));
        join("bob", "default");
        await().until(() -> present().containsAll(List.of("alice", "bob")));
    }

    private Cli run(String text) throws IOException {
        Files.writeString(runFile, text);
        return hansa("run", runFile.toString(), "--json", "--out", Files.createTempDirectory(home, "out").toString());
    }

    @Test
    void theThirdRunIsRefusedForItsBudgetAndTheOthersGoOn() throws Exception {
        Path policy = policy("data: {default: {budget: {epsilon: 2.8, delta: 1e-5}}}\n");
        joinBoth(policy);
        for (int run = 1; run <= 2; run++) {
            assertThat(run(PRIVATE).code()).isZero();
        }
        double spent = ledgerOf("alice").get("dataSets").get("default").get("epsilon").asDouble();
        assertThat(spent).isBetween(2.0, 2.8);
        Cli third = run(PRIVATE);
        assertThat(third.code()).as("bob is enough").isZero();
        String id = hansa("runs", "--json").json().get("runs").get(0).get("id").asString();
        assertThat(hansa("runs", "show", id).out() + hansa("runs", "show", id).err()).contains("alice")
                .contains("the privacy budget of its owner's policy").doesNotContain("2.8");

        JsonNode shown = ledgerOf("alice", "--policy", policy.toString());
        assertThat(shown.get("valid").asBoolean()).isTrue();
        JsonNode set = shown.get("dataSets").get("default");
        assertThat(set.get("updates").asInt()).isEqualTo(6);
        assertThat(set.get("epsilon").asDouble()).isEqualTo(spent);
        assertThat(set.get("left").asDouble()).isEqualTo(2.8 - spent);
        assertThat(set.get("runs").size()).isEqualTo(2);
        assertThat(set.get("adjacency").asString()).isEqualTo("replace one");
        assertThat(set.get("lastsFor").asInt()).as("one costs a third of what nine do, and six were told").isBetween(1,
                2);
        assertThat(hansa("node", "ledger", "--state", ledger("alice"), "--policy", policy.toString()).out())
                .contains("EPSILON, ALL ROWS", "1e-5", "replace one", "both are right",
                        "default: what is left of the budget, which counts all rows together, lasts for "
                                + set.get("lastsFor").asInt() + " more update")
                .doesNotContain("not hidden");
        assertThat(ledgerOf("bob").get("dataSets").get("default").get("updates").asInt()).isEqualTo(9);
        Cli alice = nodes.removeFirst().stop();
        assertThat(alice.err()).contains("the policy " + policy + " rules this node",
                "may spend epsilon 2.8 (delta 1e-5) in all", "all of this run, as far as it can be foreseen");
        assertThat(nodes.removeFirst().stop().err()).contains("no policy (--policy)");

        String[] join = {"join", "--data", home.resolve("alice.csv").toString(), "--state", ledger("alice")};
        mistake(hansa(join), "this node was kept within the budget of the policy " + policy, "--no-policy");
        Path less = policy("data: {default: {budget: {epsilon: 1, delta: 1e-5}}}\n");
        Cli exceeded = hansa("node", "ledger", "--state", ledger("alice"), "--policy", less.toString());
        assertThat(exceeded.code()).isZero();
        assertThat(exceeded.out()).contains("default: the budget is exceeded: epsilon 2.", "is spent of 1, counted");
        assertThat(ledgerOf("alice", "--policy", less.toString()).get("dataSets").get("default").get("exceeded")
                .asBoolean()).isTrue();
        nodes.add(Running.start(home, Stream.concat(Stream.of(join), Stream.of("--policy", less.toString()))
                .toArray(String[]::new)));
        await().until(() -> present().contains("alice"));
        assertThat(nodes.removeLast().stop().err()).contains(
                "the budget of the data set default is exceeded already: it is epsilon 1 (delta 1e-5)");
    }

    @Test
    void aRunWhoseNoiseTheCoordinatorAddsIsRefusedByWhoTrustsNobody() throws Exception {
        joinBoth(policy("data: {default: {budget: {epsilon: 8, delta: 1e-5}}}\n"));
        assertThat(run(PRIVATE.replace("local", "central")).code()).isZero();
        assertThat(ledgerOf("alice").get("records").asInt()).isZero();
        assertThat(nodes.removeFirst().stop().err()).contains("without bound, for no noise protects it");
    }

    @Test
    void aRunWaitsForItsApprovalAndGoesOnThen() throws Exception {
        joinBoth(policy("data: {default: {approve: ask}}\n"));
        Files.writeString(runFile, PRIVATE.replace("minimumReports: 1", "minimumReports: 2"));
        String id = hansa("run", runFile.toString(), "--detach", "--json").json().get("run").asString();
        await().until(() -> hansa("node", "approve", "x", "--state", ledger("alice")).err().contains(id));
        await().untilAsserted(() -> assertThat(hansa("runs", "show", id).out())
                .contains("waits for  alice (its owner has not decided"));
        mistake(hansa("node", "approve", "other", "--state", ledger("alice")), "was not asked about a run other",
                "these wait: " + id);
        Cli waiting = hansa("node", "ledger", "--state", ledger("alice"));
        assertThat(waiting.out()).contains("WAITS FOR YOU", id, "prices",
                "'hansa node approve RUN --state " + ledger("alice") + "'");
        assertThat(NodeDirectory.heard(home.resolve("alice"))).get().satisfies(
                heard -> assertThat(heard).isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now()));
        assertThat(ledgerOf("alice").get("waiting").get(0).get("about").get("privacy").asString())
                .contains("this node adds noise, multiplier 8");
        Cli undecided = hansa("node", "approve", id, "--state", ledger("alice"));
        assertThat(undecided.code()).isEqualTo(2);
        assertThat(undecided.out()).as("what is asked is shown before").contains("prices", "epsilon ");
        assertThat(undecided.err()).contains("nothing was decided", "--yes or --deny");
        assertThat(ledgerOf("alice").get("waiting").size()).isEqualTo(1);
        Cli approved = hansa("node", "approve", id, "--state", ledger("alice"), "--yes");
        assertThat(approved.out()).contains("approved: " + id, "at most 3 rounds");
        assertThat(ledgerOf("alice").get("waiting").size()).isZero();
        await().atMost(Duration.ofMinutes(1)).until(
                () -> hansa("runs", "show", id, "--json").json().get("run").get("state").asString().equals("finished"));
        assertThat(nodes.removeFirst().stop().err())
                .contains("waits for you: 'hansa node approve " + id + " --state " + ledger("alice"));
    }

    @Test
    void aRunThatTheBudgetDoesNotLastForIsRefusedWithoutAskingAnybody() throws Exception {
        joinBoth(policy("data: {default: {approve: ask, budget: {epsilon: 0.5, delta: 1e-5}}}\n"));
        assertThat(run(PRIVATE).code()).as("bob is enough").isZero();
        assertThat(ledgerOf("alice").get("waiting").size()).isZero();
        assertThat(nodes.removeFirst().stop().err()).contains("it cannot be approved, and its owner is not asked",
                "of which 0 is spent and 0.5 is left", "it would be ")
                .doesNotContain("shows what it asks for");
    }

    @Test
    void aRunThatWasToldNoIsOverForTheNode() throws Exception {
        joinBoth(policy("data: {default: {approve: ask}}\n"));
        Files.writeString(runFile, PRIVATE);
        String id = hansa("run", runFile.toString(), "--detach", "--json").json().get("run").asString();
        String[] deny = {"node", "approve", id, "--state", ledger("alice"), "--deny"};
        await().atMost(Duration.ofMinutes(1)).until(() -> hansa(deny).code() == 0);
        await().atMost(Duration.ofMinutes(1)).until(
                () -> hansa("runs", "show", id, "--json").json().get("run").get("state").asString().equals("finished"));
        Cli late = hansa("node", "approve", id, "--state", ledger("alice"), "--yes");
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.err()).contains("nothing was decided: the run " + id + " is over for this node",
                "its owner has said no to this run", "if it is started again, it asks again");
    }

    @Test
    void anOldCopyOfTheLedgerStopsTheNodeByWhatTheCoordinatorKnows() throws Exception {
        joinBoth(policy("data: {default: {}}\n"));
        run(PRIVATE);
        Path file = home.resolve("alice/ledger.jsonl");
        List<String> lines = Files.readAllLines(file);
        nodes.removeFirst().stop();
        Files.write(file, lines.subList(0, 2));
        Cli shown = hansa("node", "ledger", "--state", ledger("alice"));
        assertThat(shown.code()).as("its records hold together").isZero();
        assertThat(shown.out()).contains("no witness was asked, so an old copy in its place",
                "could not be noticed here", "--ledger-witness FILE");
        Cli again = hansa("join", "--data", home.resolve("alice.csv").toString(), "--state", ledger("alice"));
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("it ends with record 2, and the coordinator knows of record " + lines.size());
    }

    @Test
    void aNodeThatRunsTwiceIsNoticedByTheCoordinatorAndOneOfThemStops() throws Exception {
        joinBoth(policy("data: {default: {}}\n"));
        copy(home.resolve("alice"), home.resolve("copy"));
        Running alice = nodes.getFirst();
        Running twin = Running.start(home, "join", "--data", "default=" + home.resolve("alice.csv"), "--state",
                ledger("copy"));
        nodes.add(twin);
        await().atMost(Duration.ofMinutes(3)).until(() -> { // until each of the two has been asked at least once
            run(PRIVATE);
            return alice.end().isDone() || twin.end().isDone();
        });
        boolean first = alice.end().isDone();
        Running stopped = first ? alice : twin;
        Path folder = home.resolve(first ? "alice" : "copy");
        assertThat(stopped.end().get().code()).isEqualTo(1);
        assertThat(stopped.end().get().err()).contains("two copies of this node run",
                "than that of the ledger " + folder.resolve("ledger.jsonl"), "1. Stop the other copy, too")
                .doesNotContain("\tat ");
        Cli again = hansa("join", "--data", home.resolve("alice.csv").toString(), "--state", folder.toString());
        assertThat(again.code()).as("nor does it start again").isEqualTo(1);
        assertThat(again.err()).contains("the coordinator knows ");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    @Test
    void aNodeWhoseLedgerIsReplacedStopsBeforeItTellsAnythingMore() throws Exception {
        joinBoth(policy("data: {default: {}}\n"));
        assertThat(run(PRIVATE).code()).isZero();
        Path file = home.resolve("alice/ledger.jsonl");
        String before = Files.readString(file);
        Files.move(Files.writeString(home.resolve("copy"), before), file, StandardCopyOption.REPLACE_EXISTING);
        hansa("run", runFile.toString(), "--detach");
        Running alice = nodes.removeFirst();
        await().atMost(Duration.ofMinutes(1)).until(() -> alice.end().isDone());
        assertThat(alice.end().get().code()).isEqualTo(1);
        assertThat(alice.end().get().err()).contains("is another file than the one that this node writes")
                .doesNotContain("\tat ");
        assertThat(file).hasContent(before);
    }

    @Test
    void aLedgerThatWasChangedStopsTheNodeAndIsShownAsSuch() throws Exception {
        Path witness = home.resolve("witness");
        joinBoth(policy("data: {default: {}}\n"), "--ledger-witness", witness.toString());
        run(PRIVATE);
        nodes.removeFirst().stop();
        assertThat(hansa("node", "ledger", "--state", ledger("alice")).out()).contains(
                "ledger.jsonl was verified: its ", " records hold together", "no witness was asked", "an update",
                "the number of rows", "lines-").doesNotContain("whole");
        Path file = home.resolve("alice/ledger.jsonl");
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - 1));
        Cli old = hansa("node", "ledger", "--state", ledger("alice"), "--ledger-witness", witness.toString());
        assertThat(old.code()).isEqualTo(1);
        assertThat(old.err()).contains("went back").doesNotContain("\tat ");
        Files.writeString(file, String.join("\n", lines).replace("gaussian", "Gaussian") + "\n");
        Cli changed = hansa("node", "ledger", "--state", ledger("alice"), "--json");
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.json().get("valid").asBoolean()).isFalse();
        assertThat(changed.json().get("problem").asString()).contains("record 2 (line 2) was changed");
        Cli join = hansa("join", "--data", home.resolve("alice.csv").toString(), "--state", ledger("alice"));
        assertThat(join.code()).isEqualTo(1);
        assertThat(join.err()).contains("record 2 (line 2) was changed").doesNotContain("\tat ");
    }

    @Test
    void aPolicyThatIsNoneIsAMistake() throws Exception {
        Path policy = policy("data: {default: {budgt: unlimited}}\n");
        mistake(hansa("join", "--data", home.resolve("alice.csv").toString(), "--policy", policy.toString()),
                "the policy has 1 problem", "did you mean budget?");
        Cli check = hansa("node", "policy", "check", policy.toString());
        assertThat(check.code()).isEqualTo(2);
        assertThat(check.err()).contains("policy.yaml:2:18: data.default.budgt: unknown key");
        mistake(hansa("node", "policy", "check", "nowhere.yaml"), "there is no policy file nowhere.yaml");
        Files.writeString(policy, hansa("node", "policy").out());
        assertThat(hansa("node", "policy", "check", policy.toString()).out()).contains("is valid", "has no budget");
        mistake(hansa("node", "ledger", "--state", home.resolve("none").toString()), "there is no node in");
    }

    @Test
    void aPolicyOfOtherCoordinatorsStopsTheNode() throws Exception {
        Path token = Files.writeString(home.resolve("t"), hansa("token", "--name", "alice").out());
        Path policy = policy("coordinators: [\"https://elsewhere:1\"]\ndata: {default: {}}\n");
        Cli join = hansa("join", "@" + token, "--data", home.resolve("alice.csv").toString(), "--state",
                ledger("alice"), "--policy", policy.toString());
        assertThat(join.code()).isEqualTo(1);
        assertThat(join.err()).contains("the policy allows the coordinators https://elsewhere:1");
    }

    @Test
    void aSurveyWaitsForItsApprovalAndIsCountedThen() throws Exception {
        joinBoth(policy("data: {default: {approve: ask, purposes: [pensions], require: {cohort: 2}}}\n"));
        Path file = Files.writeString(home.resolve("ages.yaml"), """
                hansa: 1
                name: ages
                purpose: pensions
                columns: {x: {between: [0, 100], tell: [mean]}}
                minimum: {nodes: 2}
                """);
        Running asking = Running.start(home, "statistics", file.toString(), "--json", "--out",
                home.resolve("s").toString());
        await().until(() -> hansa("node", "approve", "x", "--state", ledger("alice")).err().contains("ages-"));
        String waiting = hansa("node", "approve", "x", "--state", ledger("alice")).err();
        String id = waiting.substring(waiting.indexOf("ages-"), waiting.indexOf("ages-") + "ages-".length() + 6);
        assertThat(hansa("node", "approve", id, "--state", ledger("alice"), "--yes").out())
                .contains("pensions");
        Cli answer = asking.end().get();
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.json().get("without").size()).isZero();
    }
}
