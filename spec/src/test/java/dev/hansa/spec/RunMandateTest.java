package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RunMandate;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run asks of clients is what its file, read by somebody else, entitles it to. */
class RunMandateTest {
    private static final String FILE = """
            hansa: 1
            name: lines
            purpose: prices
            data: {features: [x, z], label: {y: {type: category, values: [a, b]}}, standardise: false}
            model: softmax
            training: {steps: 2, batchSize: 8, rate: 0.1}
            rounds: 3
            cohort: {nodes: 4, minimumReports: 2}
            """;
    private static final String MLP = "model: {type: mlp, hidden: [3]}";
    private static final String UNMEASURED = "evaluation: {every: 0}\n";
    private static final String HIDDEN = FILE.replace("standardise: false", "standardise: true") + UNMEASURED
            + "privacy: {type: local, clip: 2, noise: 5, delta: 1e-5,"
            + " statistics: {epsilon: 1, bounds: {x: [-3, 3], z: [0, 1]}}}\n";

    /** Files whose tasks differ from each other. */
    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("plain", FILE);
        files.put("rates", FILE.replace("rate: 0.1", "rate: {type: cosine, from: 0.2, to: 0.01}"));
        files.put("fedprox", FILE + "strategy: {type: fedprox, mu: 0.5}\n");
        files.put("scaffold", FILE + "strategy: scaffold\n");
        files.put("feddyn", FILE + "strategy: {type: feddyn, alpha: 0.1}\n");
        files.put("fedbuff", FILE.replace("steps: 2", "steps: 3") + "strategy: {type: fedbuff, size: 2}\n");
        files.put("compressed", FILE + "compression: int8\n");
        files.put("perceptron", FILE.replace("model: softmax", MLP));
        files.put("fewer columns", FILE.replace("[x, z]", "[x]"));
        files.put("standardised", FILE.replace("standardise: false", "standardise: true"));
        files.put("own layers", FILE.replace("model: softmax", MLP)
                + "personalization: {type: fedper, layers: [\"layer1.*\"]}\n");
        files.put("own models", FILE + "personalization: {type: ditto, lambda: 0.1}\n");
        files.put("seen by others",
                FILE.replace("standardise", "holdOut: {every: 5}, standardise") + "evaluation: {crossSite: true}\n");
        files.put("central", FILE + UNMEASURED + "privacy: {type: central, clip: 0.5, noise: 1.5, delta: 1e-5}\n");
        files.put("adaptive", FILE + UNMEASURED
                + "privacy: {type: central, clip: {type: adaptive, initial: 0.1}, noise: 0.3, delta: 1e-5}\n");
        files.put("local", FILE + UNMEASURED + "privacy: {type: local, clip: 1, epsilon: 20, delta: 1e-5}\n");
        files.put("hidden statistics", HIDDEN);
        files.put("correlated",
                FILE.replace("minimumReports: 2", "size: 2, minimumReports: 2, separation: 1") + UNMEASURED
                        + "privacy: {type: correlated, clip: 0.7, noise: 4, delta: 1e-5}\n");
        files.put("distributed", FILE + UNMEASURED
                + "privacy: {type: distributed, clip: 1, noise: 2, delta: 1e-5}\n");
        files.put("examples", FILE.replace(", batchSize: 8", "") + UNMEASURED
                + "privacy: {type: examples, clip: 1, noise: 1, sampling: 0.2, delta: 1e-4}\n");
        return files;
    }

    static Stream<String> names() {
        return files().keySet().stream();
    }

    private static final Map<String, RunSpec> SPECS = new ConcurrentHashMap<>();
    private static final Map<String, RunMandate> MANDATES = new ConcurrentHashMap<>();

    private static RunSpec spec(String name) {
        return SPECS.computeIfAbsent(name, one -> RunFileTest.read(files().get(one)));
    }

    /** Of the file, read once more. */
    private static RunMandate mandate(String name) {
        return MANDATES.computeIfAbsent(name, one -> new RunMandate(RunFileTest.read(files().get(one))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatARunAsksIsWhatItsFileEntitlesItTo(String name) throws InterruptedException {
        RunMandate mandate = mandate(name);
        List<Task> asked = AskedTasks.of(spec(name));
        assertThat(asked).hasAtLeastOneElementOfType(Task.Fit.class);
        assertThat(asked).allSatisfy(
                task -> assertThat(mandate.objection(task, Optional.of(spec(name).terms()))).as("%s", task).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatARunAsksIsNotWhatAnotherFileEntitlesTo(String name) throws InterruptedException {
        List<Task> trainings =
                AskedTasks.of(spec(name)).stream().filter(task -> task instanceof Task.Fit fit && !fit.shown())
                        .toList();
        files().keySet().stream().filter(other -> !other.equals(name)).forEach(other -> {
            RunMandate mandate = mandate(other);
            assertThat(trainings).as(name + " with the file of " + other).anySatisfy(task -> assertThat(
                    mandate.objection(task, Optional.of(spec(other).terms()))).isPresent());
        });
    }

    @Test
    void statisticsAreHiddenAsTheFileSaysOrNotTold() throws InterruptedException {
        Task.Describe asked = AskedTasks.of(spec("hidden statistics")).stream().filter(Task.Describe.class::isInstance)
                .map(Task.Describe.class::cast).findFirst().orElseThrow();
        Optional<Terms> terms = Optional.of(spec("hidden statistics").terms());
        RunMandate mandate = mandate("hidden statistics");
        assertThat(mandate.objection(asked, terms)).isEmpty();
        assertThat(mandate.objection(new Task.Describe(asked.run(), asked.data()), terms)).as("plain sums").isPresent();
        for (String other : List.of(HIDDEN.replace("[-3, 3]", "[-3, 2]"), HIDDEN.replace("epsilon: 1", "epsilon: 2"),
                HIDDEN.replace("type: local", "type: central"))) {
            Task.Describe lie = new Task.Describe(asked.run(), asked.data(),
                    RunFileTest.read(other).privacy().orElseThrow().statistics(), asked.seed());
            assertThat(mandate.objection(lie, terms)).as(other).get().asString().contains("other statistics");
        }
        Task.Describe plain = AskedTasks.of(spec("standardised")).stream().filter(Task.Describe.class::isInstance)
                .map(Task.Describe.class::cast).findFirst().orElseThrow();
        assertThat(mandate("standardised").objection(
                new Task.Describe(plain.run(), plain.data(), asked.hidden(), asked.seed()),
                Optional.of(spec("standardised").terms()))).isPresent();
    }

    @Test
    void aRunIsCalledAsItsFileAndSaysOfItselfWhatTheFileSays() throws InterruptedException {
        Task task = AskedTasks.of(spec("plain")).get(0);
        Terms terms = spec("plain").terms();
        assertThat(mandate("plain").objection(new Task.Describe("others-abc", task.data()), Optional.of(terms)))
                .get().asString().contains("others-abc");
        assertThat(mandate("plain").objection(task, Optional.empty())).get().asString().contains("nothing");
        for (Terms lie : List.of(
                new Terms("health", terms.rounds(), terms.everyRound(), terms.leastUpdates(), 0, Optional.empty()),
                new Terms(terms.purpose(), 2, terms.everyRound(), terms.leastUpdates(), 0, Optional.empty()),
                new Terms(terms.purpose(), terms.rounds(), false, terms.leastUpdates(), 0, Optional.empty()),
                new Terms(terms.purpose(), terms.rounds(), terms.everyRound(), 3, 0, Optional.empty()),
                new Terms(terms.purpose(), terms.rounds(), terms.everyRound(), 2, 8, Optional.empty()))) {
            assertThat(mandate("plain").objection(task, Optional.of(lie))).as("%s", lie).isPresent();
        }
    }

    @Test
    void ofNoiseInEachStepItSaysWhatTheFileSaysOrNothing() throws InterruptedException {
        Task task = AskedTasks.of(spec("examples")).get(0);
        Terms terms = spec("examples").terms();
        Terms.Rows rows = terms.rows().orElseThrow();
        for (Optional<Terms.Rows> said : List.of(terms.rows(), Optional.<Terms.Rows>empty())) {
            assertThat(mandate("examples").objection(task, Optional.of(saying(terms, said)))).as("%s", said).isEmpty();
        }
        for (Terms.Rows lie : List.of(new Terms.Rows(2 * rows.noise(), rows.sampling(), rows.steps()),
                new Terms.Rows(rows.noise(), rows.sampling() / 2, rows.steps()),
                new Terms.Rows(rows.noise(), rows.sampling(), rows.steps() + 1))) {
            assertThat(mandate("examples").objection(task, Optional.of(saying(terms, Optional.of(lie)))))
                    .as("%s", lie).isPresent();
        }
    }

    private static Terms saying(Terms terms, Optional<Terms.Rows> rows) {
        return new Terms(terms.purpose(), terms.rounds(), terms.everyRound(), terms.leastUpdates(), terms.ownNoise(),
                terms.promise(), rows);
    }

    @Test
    void roundsAfterTheLastAndModelsForOthersAreNotAskedFor() throws InterruptedException {
        Task.Fit fit =
                AskedTasks.of(spec("plain")).stream().filter(Task.Fit.class::isInstance).map(Task.Fit.class::cast)
                        .findFirst().orElseThrow();
        Optional<Terms> terms = Optional.of(spec("plain").terms());
        Task.Fit late = new Task.Fit(fit.run(), 4, fit.data(), fit.preprocessing(), fit.model(), fit.parameters(),
                fit.training(), fit.seed());
        assertThat(mandate("plain").objection(late, terms)).get().asString().contains("round 4 of 3");
        assertThat(mandate("plain").objection(fit.shownToOthers(), terms)).get().asString()
                .contains("that other nodes see");
        assertThat(mandate("fewer columns").objection(new Task.Describe(fit.run(), fit.data()),
                Optional.of(spec("fewer columns").terms()))).get().asString().contains("other data");
    }
}
