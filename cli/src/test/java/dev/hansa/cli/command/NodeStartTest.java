package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.Cli;
import dev.hansa.cli.policy.KeptBudget;
import dev.hansa.cli.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not suit a node's machine or rows is found when it starts, before a token is used, and by a check. */
class NodeStartTest {
    @TempDir
    Path home;
    private Path policy;
    private Path rows;

    @BeforeEach
    void twentyRows() throws IOException {
        policy = home.resolve("policy.yaml");
        rows = Files.writeString(home.resolve("alice.csv"), IntStream.range(0, 20).mapToObj(x -> x + "," + x + "\n")
                .collect(Collectors.joining("", "x,y\n", "")));
    }

    private Cli join(String... more) {
        return Cli.run(home, Stream.concat(Stream.of("join", "--data", "housing=" + rows, "--policy",
                policy.toString()), Stream.of(more)).toArray(String[]::new));
    }

    private Cli check(String... more) {
        return Cli.run(home, Stream.concat(Stream.of("node", "policy", "check", policy.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private void policy(String text) throws IOException {
        Files.writeString(policy, "hansa: 1\n" + text);
    }

    private void refused(Cli cli, String... said) {
        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(home.resolve(".hansa")).as("nothing has begun").doesNotExist();
    }

    @Test
    void aWitnessWhoseFolderIsNotThere() throws IOException {
        Path nowhere = home.resolve("disk/witness");
        policy("witness: " + nowhere + "\ndata: {housing: {}}\n");
        String[] said = {policy + ":2:10: witness: the witness of the ledger, " + nowhere + ", cannot be written",
                "its folder " + nowhere.getParent() + " is not there", "mount its disk"};
        refused(join(), said);
        refused(check(), said);
        refused(Cli.run(home, "join", "--data", "housing=" + rows, "--ledger-witness", nowhere.toString()),
                "--ledger-witness: the witness of the ledger, " + nowhere + ", cannot be written");
        assertThat(join("--ledger-witness", home.resolve("other").toString()).err())
                .as("the policy's is not used then").contains("join with a token first");
        Files.createDirectories(nowhere.getParent());
        assertThat(check().code()).isZero();
    }

    @Test
    void aDataSetThatThePolicyDoesNotName() throws IOException {
        policy("data: {default: {}}\n");
        String[] said = {policy + ":2:7: data: the policy has rules for the data set default,"
                + " and this node serves the data set housing", "add its rules to data"};
        refused(join(), said);
        refused(check("--data", "housing=" + rows), said);
        assertThat(check().code()).as("of other machines' data nothing is known").isZero();
        policy("data: {housing: {}, other: {}}\n");
        Cli more = check("--data", "housing=" + rows);
        assertThat(more.code()).isZero();
        assertThat(more.err()).contains("warning", "data.other: this node serves no data set of that name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "dataSet"})
    void aDeltaThatGivesAwayARow(String unit) throws IOException {
        policy("data:\n  housing: {unit: " + unit + ", budget: {epsilon: 1, delta: 0.05}}\n");
        String[] said = {"data.housing.budget.delta: it is 0.05, and the data set housing has 20 rows",
                "Expected less than 0.05 (one by the number of rows)"};
        refused(join(), said);
        refused(check("--data", "housing=" + rows), said);
        policy("data:\n  housing: {unit: " + unit + ", budget: {epsilon: 1, delta: 0.04}}\n");
        assertThat(check("--data", "housing=" + rows).code()).isZero();
        Files.writeString(rows, "x,y\n1\n");
        Cli uncounted = check("--data", "housing=" + rows);
        assertThat(uncounted.code()).isZero();
        assertThat(uncounted.err()).contains("it was not held against the number of rows, which cannot be counted");
    }

    @Test
    void aNodeThatWasKeptWithinABudgetDoesNotGoOnWithoutOneUnasked() throws IOException {
        policy("data: {housing: {budget: {epsilon: 1, delta: 1e-5}}}\n");
        Path state = Files.createDirectories(home.resolve("node"));
        KeptBudget.of(state).keep(policy, PolicyFile.forCommand(policy));
        String[] without = {"join", "--data", "housing=" + rows, "--state", state.toString()};

        refused(Cli.run(home, without), "this node was kept within the budget of the policy " + policy,
                "spend that budget, for good", "--policy " + policy, "--no-policy");
        assertThat(join("--state", state.toString()).err()).contains("join with a token first");
        assertThat(Cli.run(home, Stream.concat(Stream.of(without), Stream.of("--no-policy")).toArray(String[]::new))
                .err()).contains("join with a token first");
        refused(join("--no-policy"), "--no-policy and --policy contradict each other");

        policy("data: {housing: {}}\n");
        KeptBudget.of(state).keep(policy, PolicyFile.forCommand(policy));
        assertThat(Cli.run(home, without).err()).as("there is no budget any more").contains("join with a token first");
    }
}
