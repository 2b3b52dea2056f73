package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.aggregate.robust.Bucketing;
import dev.hansa.core.aggregate.robust.Bulyan;
import dev.hansa.core.aggregate.robust.CentredClipping;
import dev.hansa.core.aggregate.robust.CoordinateMedian;
import dev.hansa.core.aggregate.robust.GeometricMedian;
import dev.hansa.core.aggregate.robust.Krum;
import dev.hansa.core.aggregate.robust.MeanAroundMedian;
import dev.hansa.core.aggregate.robust.MultiKrum;
import dev.hansa.core.aggregate.robust.NormBound;
import dev.hansa.core.aggregate.robust.TrimmedMean;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Four of twenty clients train on rows that are wrong, and far too large. */
class PoisonedRunTest {
    private static final int POISONED = 4;
    private static final Digits DIGITS = new Digits();

    static Stream<Aggregator> robustRules() {
        return Stream.of(new CoordinateMedian(), new TrimmedMean(POISONED), new MeanAroundMedian(POISONED),
                new Krum(POISONED), new MultiKrum(POISONED), new Bulyan(POISONED),
                new GeometricMedian(Weighting.EXAMPLES, 1e-6, 5), new NormBound(0.5), new CentredClipping(0.5, 3),
                new Bucketing(2, new CoordinateMedian(), new Seed(3)));
    }

    @Test
    void theMeanFollowsThem() throws InterruptedException {
        assertThat(accuracy(new WeightedMean(Weighting.EXAMPLES), DIGITS.iid())).isGreaterThan(0.85);
        assertThat(accuracy(new WeightedMean(Weighting.EXAMPLES), poisoned())).isLessThan(0.6);
    }

    /** Krum learns of one client a round, and so less than the others. */
    @ParameterizedTest
    @MethodSource("robustRules")
    void aRobustRuleDoesNot(Aggregator rule) throws InterruptedException {
        assertThat(accuracy(rule, poisoned())).isGreaterThan(rule instanceof Krum ? 0.7 : 0.85);
    }

    private static SortedMap<String, Table> poisoned() {
        SortedMap<String, Table> tables = new TreeMap<>(DIGITS.iid());
        tables.keySet().stream().limit(POISONED).toList().forEach(client -> tables.compute(client,
                (id, table) -> new Table(table.schema(),
                        Arrays.stream(table.features())
                                .map(column -> Arrays.stream(column).map(pixel -> 50 * pixel).toArray())
                                .toArray(double[][]::new),
                        Arrays.stream(table.labels()).map(digit -> (digit + 1) % 10).toArray(), table.heldOut())));
        return tables;
    }

    /** On the test rows, after 15 rounds of all clients. */
    private static double accuracy(Aggregator rule, SortedMap<String, Table> tables) throws InterruptedException {
        RunSpec spec = new RunSpec("digits", "", new DataSpec("rows", DIGITS.schema(), new HoldOut.None(), false),
                new ModelSpec.Softmax(),
                Strategies.fedAvg(new LocalTraining(1, 10, 0.1, 0, 0, false), Weighting.EXAMPLES, 1).aggregating(rule),
                15, new Cohort(Digits.CLIENTS, OptionalInt.empty(), Digits.CLIENTS, Duration.ofMinutes(1)), 0,
                StopRule.NEVER, new Seed(0));
        Parameters model = Simulation.run(spec, tables, 2);
        return Learners.of(spec.model(), DIGITS.schema()).evaluate(model, Preprocessing.identity(DIGITS.schema())
                .apply(DIGITS.test(), IntStream.range(0, 360).toArray())).get(Sums.CORRECT) / 360;
    }
}
