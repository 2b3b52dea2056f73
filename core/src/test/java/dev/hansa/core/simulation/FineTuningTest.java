package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.strategy.Strategies;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Models that are trained on after the federation. */
class FineTuningTest {
    private static final LocalTraining TRAINING = new LocalTraining(2, 5, 0.05, 0, 0, true);

    private final Remembering clients = new Remembering();

    /** As in {@link GoldenRoundsTest}: FedAvg ends at 0.1875, and each step of the rate ½ halves the distance. */
    @Test
    void eachGoesOnFromTheSharedModelOnItsOwnRows() throws InterruptedException {
        LocalTraining twoSteps = new LocalTraining(2, LocalTraining.FULL_BATCH, 0.5, 0, 0, false);
        RunSpec spec = GoldenRoundsTest.spec(Strategies.fedAvg(twoSteps, Weighting.EXAMPLES), 1)
                .with(new FineTuning(1, OptionalDouble.empty()));
        clients.run(spec, GoldenRoundsTest.TABLES);

        assertThat(clients.own("a").get(1)).isCloseTo(0.59375f, within(1e-6f));
        assertThat(clients.own("b").get(1)).isCloseTo(-0.90625f, within(1e-6f));
    }

    @Test
    void bothModelsAreMeasuredOnWhatIsHeldOut() throws InterruptedException {
        SortedMap<String, Table> tables = new TreeMap<>();
        tables.put("a", RandomTables.of(RandomTables.CLASSES, 40, 1, 4));
        tables.put("b", RandomTables.of(RandomTables.CLASSES, 30, 2, 4));
        RunSpec spec = Simulation.spec(RandomTables.CLASSES, new ModelSpec.Mlp(List.of(4)),
                Strategies.fedAvg(TRAINING, Weighting.EXAMPLES), 3, 2);
        Checkpoint shared = clients.run(marked(spec), tables);
        Checkpoint end = clients.run(marked(spec).with(new FineTuning(5, OptionalDouble.of(0.1))), tables);

        assertThat(end.state()).as("what is shared").isEqualTo(shared.state());
        assertThat(shared.closing()).isEqualTo(Closing.NONE);
        end.closing().personal().forEach((client, measured) -> {
            Table table = tables.get(client);
            assertThat(measured.shared().get(Metrics.LOSS)).hasValue(loss(spec, end,
                    end.state().parameters(), table));
            assertThat(measured.personal().get(Metrics.LOSS)).hasValue(loss(spec, end,
                    clients.own(client), table));
            assertThat(measured.personal()).isNotEqualTo(measured.shared());
        });
        assertThat(end.closing().personal()).containsOnlyKeys("a", "b");
    }

    private static RunSpec marked(RunSpec spec) {
        return Remembering.withData(spec,
                new DataSpec("rows", RandomTables.CLASSES, new HoldOut.Marked("part", "test"), true));
    }

    private static double loss(RunSpec spec, Checkpoint end, Parameters model, Table table) {
        return Metrics.of(Learners.of(spec.model(), RandomTables.CLASSES).evaluate(model,
                end.preprocessing().apply(table, table.rows(true)))).get(Metrics.LOSS).orElseThrow();
    }
}
