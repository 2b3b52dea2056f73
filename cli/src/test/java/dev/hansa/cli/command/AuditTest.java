package dev.hansa.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.cli.Cli;
import dev.hansa.core.privacy.audit.OneRunAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditTest {
    /** Labels are chance, so that a model can do nothing but learn by heart, and this one does. */
    private static final String RUN = """
            hansa: 1
            name: by-heart
            data:
              features: [x0, x1, x2, x3, x4, x5, x6, x7]
              label: {y: {type: category, values: [a, b, c]}}
              holdOut: {every: 5}
              standardise: false
            model: {type: mlp, hidden: [32]}
            training: {epochs: 30, batchSize: 16, rate: 0.2}
            rounds: 3
            cohort: {nodes: 2}
            evaluation: {every: 0}
            seed: 3
            """;

    @TempDir
    private Path folder;
    private Path runFile;

    @BeforeEach
    void files() throws IOException {
        runFile = write("run.yaml", RUN);
        write("alice.csv", rows(120, 1));
        write("bob.csv", rows(120, 2));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String rows(int number, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("x0,x1,x2,x3,x4,x5,x6,x7,y\n");
        for (int row = 0; row < number; row++) {
            for (int x = 0; x < 8; x++) {
                csv.append(random.nextDouble(-1, 1)).append(',');
            }
            csv.append("abc".charAt(random.nextInt(3))).append('\n');
        }
        return csv.toString();
    }

    private Cli audit(String... more) {
        return Cli.run(folder, Stream.concat(Stream.of("audit", runFile.toString(), "--data",
                "alice=" + folder.resolve("alice.csv"), "--data", "bob=" + folder.resolve("bob.csv")),
                Arrays.stream(more)).toArray(String[]::new));
    }

    @Test
    void aModelThatLearnsByHeartIsFoundOut() throws IOException {
        Path report = folder.resolve("report");
        Cli cli = audit("--report", report.toString(), "--shadows", "4", "--canaries", "40", "--json");

        assertThat(cli.code()).as(cli.err()).isZero();
        JsonNode found = cli.json();
        assertThat(found.get("verdict").asString()).isEqualTo("leaks");
        assertThat(found.get("rows").asInt()).isEqualTo(192);
        assertThat(found.get("models").asInt()).isEqualTo(5);
        assertThat(found.get("lossThreshold").get("auc").get("low").asDouble()).isGreaterThan(0.6);
        assertThat(found.get("likelihoodRatio").get("auc").get("low").asDouble()).isGreaterThan(0.6);
        assertThat(found.get("canaries").get("number").asInt()).isEqualTo(40);
        assertThat(found.get("canaries").get("epsilonMostProvable").asDouble())
                .as("by the strongest of the guesses that were tried, all about each canary")
                .isCloseTo(new OneRunAudit(40, 40, 40).epsilon(1e-5, 1 - 0.05 / 3), within(1e-9));
        assertThat(found.get("canaries").get("epsilonLowerBound").asDouble()).isGreaterThan(0.3);
        assertThat(found.get("update").get("distanceOfOneRow").asDouble()).isLessThan(1e-3);
        assertThat(found.get("update").get("distanceOfAllRows").asDouble()).isGreaterThan(0.05);
        assertThat(found.get("promise")).isNull();
        assertThat(Files.readString(report.resolve("audit.html"))).contains("by-heart", "<svg", "Who was learned from",
                "audit " + runFile, "--shadows 4 --canaries 40 --seed 1");
    }

    @Test
    void whatIsFoundIsToldInWords() {
        Cli cli = audit("--shadows", "2");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).startsWith("by-heart: the model gives away who was learned from").contains(
                "  members, by the loss  AUC 0.", "  members, by LiRA      AUC 0.", "rows with wrong labels",
                "could prove no more than epsilon ",
                "  promised              nothing (privacy: none)",
                "  update of one row     the row is read from it exactly", "the run needs privacy");
        assertThat(cli.err()).contains("3/3  shadow model 2: trained");
        assertThat(audit("--shadows", "2").out()).as("the same seed").isEqualTo(cli.out());
    }

    @Test
    void aPromiseIsHeldAgainstWhatIsFound() throws IOException {
        Files.writeString(runFile, RUN + "privacy: {type: central, clip: 0.5, noise: 2, delta: 1e-3}\n");
        Cli cli = audit("--shadows", "2", "--json");
        assertThat(cli.code()).as(cli.err()).isZero();
        JsonNode found = cli.json();
        assertThat(found.get("verdict").asString()).isEqualTo("kept");
        double client = found.get("promise").get("epsilon").asDouble();
        assertThat(client).isBetween(1.0, 5.0);
        assertThat(found.get("promise").get("epsilonOfRow").asDouble()).isGreaterThan(client);
        assertThat(found.get("canaries").get("epsilonLowerBound").asDouble()).isLessThan(client);
        assertThat(found.get("update").get("distanceOfOneRow").asDouble()).as("a clip scales").isLessThan(1e-3);
    }

    @Test
    void numbersArePredictedTooAndNoiseOfClientsHidesRowsFromTheCoordinator() throws IOException {
        Files.writeString(runFile, RUN.replace("label: {y: {type: category, values: [a, b, c]}}", "label: x7")
                .replace(", x6, x7]", ", x6]") + "privacy: {type: local, clip: 0.5, noise: 3, delta: 1e-3}\n");
        Cli cli = audit("--shadows", "2", "--json");
        assertThat(cli.code()).as(cli.err()).isZero();
        JsonNode found = cli.json();
        assertThat(found.get("verdict").asString()).isEqualTo("kept");
        assertThat(found.get("update").get("distanceOfOneRow").asDouble()).isGreaterThan(0.1);
        assertThat(found.get("update").get("classesFound")).isNull();
        assertThat(found.get("promise").get("epsilonOfRow").asDouble())
                .isEqualTo(found.get("promise").get("epsilon").asDouble());
    }

    @Test
    void refusesWhatSaysNothing() throws IOException {
        mistake(audit("--shadows", "3"), "--shadows is 3, expected an even number");
        mistake(audit("--canaries", "1000"), "--canaries is 1000, and there are 192 rows to audit");
        mistake(audit("--canaries", "192"), "expected at most 142, so that 50 stay what they are");
        mistake(audit("--threads", "0"), "--threads is 0");
        write("bob.csv", rows(45, 2));
        write("alice.csv", rows(70, 2));
        mistake(audit(), "there are 56 rows to audit", "expected at least 100");
        Files.writeString(runFile, RUN + "personalization: {type: ditto, lambda: 1}\n");
        mistake(audit(), "each client has its own");
        Files.writeString(runFile, RUN + "simulation: {devices: phones}\n");
        mistake(audit(), "simulation.devices", "expected none");
    }

    private static void mistake(Cli cli, String... said) {
        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(cli.out()).isEmpty();
    }
}
