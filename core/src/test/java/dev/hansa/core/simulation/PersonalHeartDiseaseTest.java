package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.ReferenceFiles;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Normalization;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.strategy.Strategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What models of their own gain the centres of Fed-Heart-Disease: the table of docs/strategies.md. */
class PersonalHeartDiseaseTest {
    private static final Path DOCS = Path.of("../docs/strategies.md");
    private static final List<Integer> SEEDS = List.of(42, 43, 44, 45, 46);
    private static final LocalTraining TRAINING = new LocalTraining(2, 16, 0.05, 0, 0, true);

    private static HeartDisease data;

    @BeforeAll
    static void read() {
        data = new HeartDisease(ReferenceFiles.require("data/reference/heart-disease"));
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                of("none", Normalization.NONE, seed -> Personalization.none()),
                of("`fineTuning`, 5 epochs", Normalization.NONE, seed -> new FineTuning(5, OptionalDouble.empty())),
                of("`fedper`, `layer2.*`", Normalization.NONE, seed -> layers(seed, OptionalInt.empty(), "layer2.*")),
                of("`fedrep`, `layer2.*`", Normalization.NONE, seed -> layers(seed, OptionalInt.of(5), "layer2.*")),
                of("none, `normalize: batch`", Normalization.BATCH, seed -> Personalization.none()),
                of("`fedbn`, `normalize: batch`", Normalization.BATCH,
                        seed -> layers(seed, OptionalInt.empty(), "norm*")),
                of("`ditto`, `lambda: 1`", Normalization.NONE, seed -> new Ditto(1)),
                of("`ditto`, `lambda: 0`: each alone", Normalization.NONE, seed -> new Ditto(0)),
                of("`ifca`, 2 clusters", Normalization.NONE, seed -> new Clusters(2)));
    }

    private static Arguments of(String name, Normalization normalization, Function<Integer, Personalization> way) {
        return Arguments.of(name, new ModelSpec.Mlp(List.of(16), normalization), way);
    }

    private static Personalization layers(int seed, OptionalInt headEpochs, String pattern) {
        return new LocalLayers(List.of(pattern), headEpochs, new Seed(seed).derive("initial"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void gainsWhatTheDocumentationSays(String name, ModelSpec model, Function<Integer, Personalization> way)
            throws InterruptedException, IOException {
        double[] right = new double[HeartDisease.CENTRES.size()];
        double[] rows = new double[right.length];
        for (int seed : SEEDS) {
            Checkpoint end = new Remembering().run(spec(model, seed).with(way.apply(seed)), data.marked());
            for (int i = 0; i < right.length; i++) {
                Metrics metrics = own(end, HeartDisease.CENTRES.get(i));
                double examples = metrics.get(Metrics.EXAMPLES).orElseThrow();
                right[i] += metrics.get(Metrics.ACCURACY).orElseThrow() * examples;
                rows[i] += examples;
            }
        }
        StringBuilder row = new StringBuilder("| " + name + " |");
        double allRight = 0;
        double allRows = 0;
        for (int i = 0; i < right.length; i++) {
            row.append(percent(right[i] / rows[i]));
            allRight += right[i];
            allRows += rows[i];
        }
        row.append(percent(allRight / allRows));
        assertThat(Files.readAllLines(DOCS)).contains(row.toString());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, " %.1f |", 100 * share);
    }

    private static Metrics own(Checkpoint end, String centre) {
        return end.closing().personal().containsKey(centre)
                ? end.closing().personal().get(centre).personal()
                : end.history().get(end.history().size() - 1).clients().get(centre).evaluation();
    }

    /** The four are always there; models of clusters move with fewer than all of them. */
    private static RunSpec spec(ModelSpec model, int seed) {
        return new RunSpec("heart", "",
                new DataSpec("rows", HeartDisease.SCHEMA, new HoldOut.Marked("part", "test"), true),
                model, Strategies.fedAvg(TRAINING, Weighting.EXAMPLES), 30,
                new Cohort(4, OptionalInt.empty(), 1, Duration.ofMinutes(1)), 30, StopRule.NEVER, new Seed(seed));
    }
}
