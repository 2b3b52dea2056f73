package dev.hansa.examples.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.data.CsvSource;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.ServerSgd;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import dev.hansa.spec.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the how-to pages show compiles, runs and learns. */
class HowToTest {
    private static final Path DOCS = Path.of("../docs");
    private static final LocalTraining TRAINING = new LocalTraining(5, LocalTraining.FULL_BATCH, 0.1, 0, 0, true);

    /** Thousand dollars, over both towns' held-out rows, after the rounds of the housing run. */
    private static double rmse(Strategy strategy) throws InterruptedException {
        RunFile file = RunFile.read(Path.of("housing/run.yaml"));
        Checkpoint end = simulate(file.spec(), strategy);
        return end.history().getLast().evaluation().get(Metrics.RMSE).orElseThrow();
    }

    private static Checkpoint simulate(RunSpec spec, Strategy strategy) throws InterruptedException {
        RunSpec own = spec.with(strategy);
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(Map.of("alice", client("alice"), "bob", client("bob")), 2)) {
            new RunLoop("own", own, fleet, store, Clock.systemUTC()).run();
        }
        return store.latest("own").orElseThrow();
    }

    private static Client client(String town) {
        return new Client(Map.of("housing", new CsvSource(Path.of("housing", town + ".csv"))));
    }

    @Test
    void anOwnStrategyLearns() throws InterruptedException {
        double fedAvg = rmse(Strategies.fedAvg(TRAINING, WeightedMean.Weighting.EXAMPLES));

        assertThat(rmse(new SignDescent(TRAINING, 0.02))).isLessThan(1.25 * fedAvg);
    }

    @Test
    void anOwnAggregatorLearnsAndIsNoOther() throws InterruptedException {
        double fedAvg = rmse(Strategies.fedAvg(TRAINING, WeightedMean.Weighting.EXAMPLES));

        double own = rmse(new Combination(TRAINING, new RootWeighted(), ServerSgd.AVERAGING));

        assertThat(own).isLessThan(1.25 * fedAvg).isNotEqualTo(fedAvg);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SignDescent", "RootWeighted"})
    void thePageShowsTheCodeThatRuns(String type) throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/hansa/examples/howto/" + type + ".java"));
        String shown = source.substring(source.indexOf("/**"));

        assertThat(Files.readString(DOCS.resolve("own-strategy.md"))).contains("```java\n" + shown + "```");
    }

    /** Each run file on the pages is one, but for the data that it is about. */
    @ParameterizedTest
    @ValueSource(strings = {"strategies.md", "own-strategy.md"})
    void theRunFilesOfThePageAreWhole(String page) throws IOException {
        List<String> blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve(page))).results().map(match -> match.group(1)).toList();
        Stream<String> files = blocks.stream().map(block -> "hansa: 1\nname: page\n"
                + "data: {features: [a, b], label: c, holdOut: {every: 5}}\nmodel: {type: mlp, hidden: [8]}\nrounds: 100\n"
                + block);

        assertThat(files).allSatisfy(text -> assertThat(RunFile.parse(text, page).spec().strategy())
                .isInstanceOf(Combination.class));
    }
}
