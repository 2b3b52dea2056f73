package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many updates come in a unit of virtual time, if a training takes the absolute value of a normally distributed number of
 * units: counted in rounds of so many clients, in rounds that ask 1.3 times as many, and as they come, by an independent
 * simulation; and how stale they are then.
 */
class VirtualTimeTest {
    private static final Duration UNIT = Duration.ofHours(1);
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("nothing", "")),
            new Column.Number("y", ""));
    private static final LocalTraining TRAINING = new LocalTraining(1, LocalTraining.FULL_BATCH, 0.01, 0, 0, false);
    private static final Strategy ROUNDS = Strategies.fedAvg(TRAINING, Weighting.UNIFORM);
    private static final int BUFFER = 10;

    @ParameterizedTest
    @CsvSource({"100, 1, 35.9, 300", "1000, 1, 291, 60", "3000, 1, 808, 40", "100, 1.3, 84.5, 300",
            "1000, 1.3, 837, 30", "3000, 1.3, 2507, 15"})
    void rounds(int cohort, double overSelection, double expected, int rounds) throws InterruptedException {
        int asked = (int) Math.round(cohort * overSelection);
        List<RoundRecord> history = run(ROUNDS, rounds, asked,
                new Cohort(asked, OptionalInt.of(cohort), 1, overSelection, Duration.ofDays(9), false));

        assertThat(history).allMatch(round -> round.updates() == cohort);
        assertThat(updatesAUnit(history)).isCloseTo(expected, within3Percent(expected));
    }

    @ParameterizedTest
    @CsvSource({"100, 125.3, 1500, 9.9", "1000, 1253, 1800, 99.7", "3000, 3760, 1800, 299"})
    void asTheyCome(int atWork, double expected, int steps, double staleness) throws InterruptedException {
        List<RoundRecord> history = run(Strategies.fedBuff(TRAINING, 1, BUFFER, new Staleness.Constant()), steps,
                atWork + BUFFER, new Cohort(atWork + BUFFER, OptionalInt.of(atWork), 1, Duration.ofDays(9)));

        List<RoundRecord> steady = history.subList(steps / 2, steps);
        assertThat(updatesAUnit(steady)).isCloseTo(expected, within3Percent(expected));
        assertThat(steady.stream().flatMap(round -> round.clients().values().stream())
                .mapToInt(RoundRecord.ClientRound::staleness).average().orElseThrow())
                .isCloseTo(staleness, within3Percent(staleness));
    }

    private static Offset<Double> within3Percent(double expected) {
        return within(0.03 * expected);
    }

    private static double updatesAUnit(List<RoundRecord> history) {
        double units = history.stream().mapToDouble(round -> round.duration().toMillis()).sum() / UNIT.toMillis();
        return history.stream().mapToLong(RoundRecord::updates).sum() / units;
    }

    private static List<RoundRecord> run(Strategy strategy, int rounds, int nodes, Cohort cohort)
            throws InterruptedException {
        RunSpec spec = new RunSpec("time", "", new DataSpec("rows", SCHEMA, new HoldOut.None(), false),
                new ModelSpec.Linear(), strategy, rounds, cohort, 0, StopRule.NEVER, new Seed(5));
        SortedMap<String, Client> clients = new TreeMap<>();
        for (int i = 0; i < nodes; i++) {
            clients.put(String.format("%05d", i), new Client(Map.of("rows", new TableSource(
                    new Table(SCHEMA, new double[][]{{0}}, new double[]{i}, new boolean[1])))));
        }
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(clients, 2, new Durations.HalfNormal(UNIT, new Seed(1)))) {
            new RunLoop(Simulation.RUN, spec, fleet, store, fleet.clock()).run();
        }
        return store.latest(Simulation.RUN).orElseThrow().history();
    }
}
