package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.ByCluster;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.aggregate.robust.CoordinateMedian;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Precision;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization.Clusters;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Strategies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings write their updates over those that were counted, and over none that is still wanted. */
class ReusedUpdatesTest {
    private static final ModelSpec MODEL = new ModelSpec.Softmax(Precision.SINGLE);
    private static final LocalTraining TRAINING = new LocalTraining(1, 5, 0.1, 0, 0, true);
    private static final DataSpec ROWS = new DataSpec("rows", RandomTables.CLASSES, new HoldOut.None(), false);
    private static final int CLIENTS = 9;

    private static SortedMap<String, Table> tables() {
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < CLIENTS; client++) {
            tables.put("client" + client, RandomTables.of(RandomTables.CLASSES, 20 + client, client));
        }
        return tables;
    }

    /** What came, and what it was when it came. */
    private static final class Seen implements Fleet.Answers {
        private final boolean keeps;
        private final List<Parameters> updates = new ArrayList<>();
        private final List<float[]> copies = new ArrayList<>();

        Seen(boolean keeps) {
            this.keeps = keeps;
        }

        @Override
        public void arrived(String client, Traffic traffic) {}

        @Override
        public void count(String client, Report report) {
            Parameters update = (Parameters) ((Report.Fitted) report).update().difference();
            updates.add(update);
            copies.add(update.toArray());
        }

        @Override
        public boolean keepsUpdates() {
            return keeps;
        }

        private long unchanged() {
            long unchanged = 0;
            for (int i = 0; i < updates.size(); i++) {
                unchanged += updates.get(i).equals(Parameters.of(updates.get(i).layout(), copies.get(i))) ? 1 : 0;
            }
            return unchanged;
        }
    }

    private static Seen seen(boolean keeps, int threads) throws InterruptedException {
        Seen seen = new Seen(keeps);
        Preprocessing identity = Preprocessing.identity(RandomTables.CLASSES);
        Parameters start = Learners.of(MODEL, RandomTables.CLASSES).initial(new Seed(1));
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(tables()), threads)) {
            for (int round = 1; round <= 3; round++) {
                SortedMap<String, Task> tasks = new TreeMap<>();
                for (String client : fleet.available()) {
                    tasks.put(client, new Task.Fit("run", round, ROWS, identity, MODEL, start, TRAINING,
                            new Seed(round).derive(client)));
                }
                fleet.ask(new Fleet.Question(round, Phase.FIT, 1), tasks,
                        new Fleet.Patience(Duration.ofMinutes(1), Integer.MAX_VALUE), seen);
            }
        }
        assertThat(seen.updates).hasSize(3 * CLIENTS);
        return seen;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatIsKeptStaysAsItWas(int threads) throws InterruptedException {
        assertThat(seen(true, threads).unchanged()).isEqualTo(3 * CLIENTS);
    }

    @Test
    void oneThreadNeedsOneArrayForAllThatIsCountedAtOnce() throws InterruptedException {
        Seen seen = seen(false, 1);

        float[] first = seen.updates.get(0).surrendered();
        assertThat(seen.updates).allSatisfy(update -> assertThat(update.surrendered()).isSameAs(first));
        assertThat(seen.unchanged()).as("the last alone").isEqualTo(1);
    }

    /** As one's own may: it says nothing of what it keeps. */
    private static final class KeepsAll implements Aggregator {
        @Override
        public Accumulator start(Layout layout) {
            List<ModelUpdate> updates = new ArrayList<>();
            return new Accumulator() {
                @Override
                public void add(ModelUpdate update) {
                    updates.add(update);
                }

                @Override
                public int clients() {
                    return updates.size();
                }

                @Override
                public Aggregate finish() {
                    Accumulator mean = new WeightedMean(Weighting.EXAMPLES).start(layout);
                    updates.forEach(mean::add);
                    return mean.finish();
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aRuleThatKeepsUpdatesWithoutAWordFindsThemAsTheyWere(int threads) throws InterruptedException {
        Combination fedAvg = Strategies.fedAvg(TRAINING, Weighting.EXAMPLES);
        Combination keeping = new Combination(TRAINING, new KeepsAll(), fedAvg.optimizer());

        assertThat(end(keeping, threads)).isEqualTo(end(fedAvg, 1));
    }

    private static Parameters end(Combination strategy, int threads) throws InterruptedException {
        return Simulation.run(Simulation.spec(RandomTables.CLASSES, MODEL, strategy, 3, CLIENTS), tables(), threads);
    }

    @Test
    void clustersKeepWhatTheirRuleKeeps() {
        Clusters two = new Clusters(2);
        Layout model = Learners.of(MODEL, RandomTables.CLASSES).layout();

        assertThat(new ByCluster(new CoordinateMedian(), two, model, 1).keepsUpdates()).isTrue();
        assertThat(new ByCluster(new WeightedMean(Weighting.UNIFORM), two, model, 1).keepsUpdates()).isFalse();
    }
}
