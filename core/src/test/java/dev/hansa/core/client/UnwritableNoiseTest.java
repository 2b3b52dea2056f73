package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.noise.SeededBytes;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A failure costs nothing of a budget. So an update that noise hides is none, whatever became of it: a coordinator that asks
 * for values that its noise does not fit into would be told them, round after round, until their mean has no noise.
 */
class UnwritableNoiseTest {
    private static final Schema SCHEMA = RandomTables.CLASSES;
    private static final Table TABLE = RandomTables.of(SCHEMA, 40, 1);
    private static final ModelSpec MODEL = new ModelSpec.Softmax();
    private static final LocalTraining TRAINING = new LocalTraining(1, 5, 0.1, 0, 0, true).withSteps(6);
    private static final LocalTraining HIDING = TRAINING.withPrivacy(new ExamplePrivacy(1e9, 1, 0.2, 1e-3));

    static List<Task.Fit> tasks() {
        Compression sparse = new Compression(Values.FLOAT16, 8, 0.5, false);
        return List.of(fit(TRAINING, Compression.of(Values.FLOAT16)).protectedBy(new Protection(1e9, 1e9, false)),
                fit(HIDING, Compression.of(Values.FLOAT16)), fit(HIDING, sparse));
    }

    private static Task.Fit fit(LocalTraining training, Compression compression) {
        return new Task.Fit("run", 1, new DataSpec("rows", SCHEMA, new HoldOut.None(), true),
                Preprocessing.standardising(SCHEMA, TableStatistics.of(TABLE)), MODEL,
                Learners.of(MODEL, SCHEMA).initial(new Seed(1)), training, compression, new Seed(9), Optional.empty(),
                0,
                Personalization.none());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void anUpdateWhoseNoiseCannotBeWrittenIsToldAsZeros(Task.Fit task) throws InterruptedException {
        Report report = new Client(Map.of("rows", spec -> TABLE), Consent.TO_ALL, ClientMemory.inMemory(),
                Client.TIMELESS, SeededBytes::new).perform(task);

        assertThat(report).isInstanceOfSatisfying(Report.Fitted.class, fitted -> assertThat(
                Parameters.load(fitted.update().difference()).l2Norm()).isZero());
    }
}
