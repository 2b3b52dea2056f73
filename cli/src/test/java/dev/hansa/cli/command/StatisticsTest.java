package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Statistics over real HTTPS, and simulated, by the same file. */
class StatisticsTest extends OperatorFixture {
    private static final String ASKED = """
            hansa: 1
            name: xs
            columns:
              x: {between: [0, 40], unit: m, tell: [sum, mean, variance, histogram], quantiles: [0.5], cells: 2}
            """;
    private Path file;

    @BeforeEach
    void ask() throws IOException {
        file = Files.writeString(home.resolve("xs.yaml"), ASKED);
    }

    private Cli statistics(String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "statistics";
        args[1] = file.toString();
        args[2] = "--out";
        args[3] = home.resolve("out").toString();
        System.arraycopy(more, 0, args, 4, more.length);
        return hansa(args);
    }

    private Cli simulated(String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "--data";
        args[1] = "alice=" + home.resolve("alice.csv");
        args[2] = "--data";
        args[3] = "bob=" + home.resolve("bob.csv");
        System.arraycopy(more, 0, args, 4, more.length);
        return statistics(args);
    }

    @Test
    void nodesTellWhatASimulationOfThemTells() throws IOException {
        joinBoth();
        Cli asked = statistics("--json");
        assertThat(asked.code()).as(asked.err()).isZero();
        JsonNode answer = asked.json().get("answer");

        assertThat(simulated("--json").json().get("answer")).isEqualTo(answer);
        // x is 0 to 39.
        assertThat(answer.get("clients").asInt()).isEqualTo(2);
        assertThat(answer.get("rows").get("value").asDouble()).isEqualTo(40);
        JsonNode column = answer.get("columns").get(0);
        assertThat(column.get("values").get(0).get("estimate").get("value").asDouble()).isCloseTo(780, within(1e-6));
        assertThat(column.get("values").get(1).get("estimate").get("value").asDouble()).isCloseTo(19.5, within(1e-6));
        assertThat(column.get("values").get(2).get("estimate").get("value").asDouble()).isCloseTo(133.25, within(1e-5));
        // Each node has all rows of one cell, which would tell whose they are.
        assertThat(column.get("cells").get(0).get("rows").isNull()).isTrue();
        assertThat(column.get("leftOut").get("value").asDouble()).isEqualTo(40);
        assertThat(home.resolve("out/statistics.html")).content().contains("xs", "not differentially private", "<svg",
                "median", "hansa statistics ");
    }

    @Test
    void aTableForPeopleTellsErrorsAndWhatIsPromised() throws IOException {
        Files.writeString(file, ASKED + "privacy: {epsilon: 8, delta: 1e-3}\n");
        Cli once = simulated();

        assertThat(once.code()).as(once.err()).isZero();
        assertThat(once.out()).containsPattern("x +mean +-?[0-9.]+ +[0-9.]+ +m\n")
                .contains("COLUMN", "median", "20 to 40", "ε = 8 and δ = 0.001", "The noise was added by each node");
        assertThat(simulated().out()).isEqualTo(once.out());
        assertThat(simulated("--seed", "7").out()).isNotEqualTo(once.out());
        assertThat(home.resolve("out/statistics.html")).content().contains("This was a simulation");
    }

    @Test
    void whatDrownsInNoiseIsNamed() throws IOException {
        Files.writeString(file, ASKED + "privacy: {epsilon: 0.3, delta: 1e-3}\n");
        Cli drowned = simulated("--seed", "3", "--json");
        assertThat(drowned.code()).as(drowned.err()).isZero();
        assertThat(drowned.json().get("hardlyMoreThanNoise").toString()).contains("x mean", "x median");
        assertThat(home.resolve("out/statistics.html")).content().contains("Hardly more than noise");
        Files.writeString(file, ASKED);
        assertThat(simulated("--json").json().get("hardlyMoreThanNoise")).isEmpty();
    }

    @Test
    void noiseOfNodesIsAnotherEachTime() throws IOException {
        Files.writeString(file, ASKED + "privacy: {epsilon: 8, delta: 1e-3}\n");
        joinBoth();
        Cli first = statistics("--json");
        Cli second = statistics("--json");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(second.json().get("answer")).isNotEqualTo(first.json().get("answer"));
        assertThat(second.json().get("survey")).isNotEqualTo(first.json().get("survey"));
        assertThat(hansa("runs").out()).as("a survey is no run").doesNotContain("xs-");
        String id = first.json().get("survey").asString();
        assertThat(hansa("runs", "show", id).out()).contains(id + ", a survey (hansa statistics)",
                "state      finished",
                "COLUMN", "20 to 40");
        assertThat(hansa("runs", "show", id, "--json").json().get("survey").get("outcome").get("answer"))
                .isEqualTo(first.json().get("answer"));
        mistake(hansa("runs", "stop", id), "it is a survey, which ends by itself");
        mistake(hansa("runs", "show", "xs-none"), "there is no run xs-none");
    }

    @Test
    void nothingIsToldOfFewerNodesThanTheFileWants() throws IOException {
        join("alice");
        org.awaitility.Awaitility.await().until(() -> present().contains("alice"));
        Cli alone = statistics("--json");

        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.json().get("answer").isNull()).isTrue();
        assertThat(alone.err())
                .contains("nothing is told: nobody was asked: the data set default is served now by alice,"
                        + " expected at least 2 (minimum.nodes)");
    }

    @Test
    void aNodeWhoseColumnsDifferIsLeftOutAndNamed() throws IOException {
        Files.writeString(home.resolve("carol.csv"), "z\n1\n2\n3\n4\n5\n");
        joinBoth();
        join("carol");
        org.awaitility.Awaitility.await().until(() -> present().contains("carol"));
        Cli asked = statistics("--json");

        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(asked.json().get("answer").get("clients").asInt()).isEqualTo(2);
        assertThat(asked.json().get("without").get("carol").asString()).startsWith("it refused: ").contains("x");
    }

    @Test
    void mistakesAreNamedBeforeAnybodyIsAsked() throws IOException {
        mistake(statistics("--partition", "iid:3"), "--partition divides rows of --data");
        mistake(hansa("statistics", "none.yaml"), "there is no statistics file none.yaml");
        Files.writeString(file, ASKED.replace("between", "beetween"));
        assertThat(statistics().err()).contains("the statistics file has a problem");
        mistake(statistics(), file + ":4:7: columns.x.beetween: unknown key, did you mean between?");
    }

    @Test
    void withoutAFileItPrintsOne() {
        Cli reference = hansa("statistics");

        assertThat(reference.code()).isZero();
        assertThat(reference.out()).contains("hansa: 1", "between", "Default: none.");
    }

    @Test
    void oneFileIsDividedAmongClients() throws IOException {
        Cli divided = statistics("--data", home.resolve("alice.csv").toString(), "--partition", "iid:2", "--json");

        assertThat(divided.code()).as(divided.err()).isZero();
        assertThat(divided.json().get("answer").get("rows").get("value").asInt()).isEqualTo(20);
        assertThat(divided.json().get("simulated").asBoolean()).isTrue();
        assertThat(statistics("--data", home.resolve("alice.csv").toString(), "--partition", "iid:2").out())
                .contains("This was a simulation", "It protects nobody");
    }
}
