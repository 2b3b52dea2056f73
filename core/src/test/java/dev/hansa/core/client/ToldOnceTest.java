package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.noise.NoiseSource;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Standardising;
import dev.hansa.core.strategy.DriftCorrection;
import dev.hansa.core.strategy.ServerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever a coordinator asks in between, a client draws the noise of one answer once. */
class ToldOnceTest {
    private static final Schema SCHEMA = RandomTables.CLASSES;
    private static final Table TABLE = RandomTables.of(SCHEMA, 40, 1);
    private static final DataSpec DATA = new DataSpec("rows", SCHEMA, new HoldOut.None(), true);
    private static final ModelSpec MODEL = new ModelSpec.Softmax();
    private static final LocalTraining TRAINING = new LocalTraining(1, 5, 0.1, 0, 0, true).withSteps(6)
            .withDrift(Drift.SCAFFOLD).withPrivacy(new ExamplePrivacy(1, 1, 0.2, 1e-3));

    private final Client client = new Client(Map.of("rows", spec -> TABLE), Consent.TO_ALL, ClientMemory.inMemory(),
            Client.TIMELESS, NoiseSource.SECRET);

    private Report fit(int round, int counted) throws InterruptedException {
        return client.perform(new Task.Fit("run", round, DATA,
                Preprocessing.standardising(SCHEMA, TableStatistics.of(TABLE)), MODEL,
                DriftCorrection.of(TRAINING).sent(
                        ServerState.start(Learners.of(MODEL, SCHEMA).initial(new Seed(1)))),
                TRAINING, Compression.NONE, new Seed(9), Optional.empty(), counted, Personalization.none()));
    }

    private List<Long> moments(double width) throws InterruptedException {
        return moments(client, DATA, width);
    }

    private static List<Long> moments(Client asked, DataSpec data, double width) throws InterruptedException {
        Map<String, Bounds> bounds = TableStatistics.numberColumns(SCHEMA).stream()
                .collect(Collectors.toMap(column -> column, column -> new Bounds(0, width)));
        Report report = asked.perform(new Task.Describe("run", data,
                Optional.of(new Standardising(new TreeMap<>(bounds), true, 1000, true)), new Seed(1)));
        return ((Report.Described) report).moments();
    }

    @Test
    void noisedMomentsAreTheSameAfterRoundsAndOtherQuestions() throws InterruptedException {
        List<Long> told = moments(1);
        assertThat(fit(1, 0)).isInstanceOf(Report.Fitted.class);
        assertThat(fit(2, 1)).isInstanceOf(Report.Fitted.class);
        assertThat(moments(1)).isEqualTo(told);
        assertThat(moments(2)).as("another question").isNotEqualTo(told);
        assertThat(moments(1)).isEqualTo(told);
    }

    @Test
    void numbersOfOtherRowsAreNotThoseThatWereTold() throws InterruptedException {
        Table other = RandomTables.of(SCHEMA, 40, 2);
        Client two = new Client(Map.of("rows", spec -> TABLE, "others", spec -> other), Consent.TO_ALL,
                ClientMemory.inMemory(), Client.TIMELESS, NoiseSource.SECRET);
        assertThat(List.of(new DataSpec("rows", SCHEMA, new HoldOut.None(), true),
                new DataSpec("rows", SCHEMA, new HoldOut.Every(2), true),
                new DataSpec("others", SCHEMA, new HoldOut.None(), true)))
                .extracting(data -> moments(two, data, 1)).doesNotHaveDuplicates();
    }

    @Test
    void aRoundGetsOneNoisedUpdateWhateverIsAskedInBetween() throws InterruptedException {
        assertThat(fit(1, 0)).isInstanceOf(Report.Fitted.class);
        assertThat(fit(2, 1)).isInstanceOf(Report.Fitted.class);
        moments(1);
        assertThat(fit(3, 0)).isInstanceOf(Report.Fitted.class);
        for (int round = 1; round <= 3; round++) {
            int again = round;
            assertThat(fit(round, 0)).isInstanceOfSatisfying(Report.Failed.class,
                    failed -> assertThat(failed.reason()).contains("round " + again + " has been told"));
        }
        assertThat(fit(4, 3)).isInstanceOf(Report.Fitted.class);
    }
}
