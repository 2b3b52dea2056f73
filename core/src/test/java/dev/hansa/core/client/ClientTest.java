package dev.hansa.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.FederationException;
import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientTest {
    private static final Schema SCHEMA = RandomTables.REGRESSION;
    private static final Table TABLE = RandomTables.of(SCHEMA, 40, 1, 4);
    private static final DataSpec DATA = new DataSpec("rows", SCHEMA, new HoldOut.Every(4), true);
    private static final Preprocessing PREPROCESSING = Preprocessing.standardising(SCHEMA, TableStatistics.of(TABLE));
    private static final Learner LEARNER = Learners.of(new ModelSpec.Linear(), SCHEMA);
    private static final LocalTraining TRAINING = new LocalTraining(3, 5, 0.1, 0, 0, true);
    private int reads;
    private final Client client = new Client(Map.of("rows", spec -> {
        reads++;
        return TABLE;
    }));

    @Test
    void anOwnerWhoCannotDecideIsNoEndOfTheNode() throws InterruptedException {
        Consent undecided = task -> {
            throw new IllegalArgumentException("clip is 1.0E308");
        };
        Report report = new Client(Map.of(), undecided, ClientMemory.inMemory(), Client.TIMELESS)
                .perform(new Task.Describe("run", DATA));

        assertThat(report).isInstanceOf(Report.Refused.class).asString().contains("1.0E308");
    }

    private static Task.Fit fit(Parameters start, LocalTraining training) {
        return new Task.Fit("run", 1, DATA, PREPROCESSING, new ModelSpec.Linear(), start, training, new Seed(3));
    }

    private static Task.Evaluate evaluate(Parameters parameters) {
        return new Task.Evaluate("run", 1, DATA, PREPROCESSING, new ModelSpec.Linear(), parameters);
    }

    private static Parameters start() {
        return LEARNER.initial(new Seed(0));
    }

    @Test
    void describingTellsTheStatisticsOfTheTrainingRows() throws InterruptedException {
        assertThat(client.perform(new Task.Describe("run", DATA)))
                .isEqualTo(new Report.Described(TableStatistics.of(TABLE)));
    }

    @Test
    void fittingTellsTheDifferenceThatTrainingMade() throws InterruptedException {
        Report.Fitted fitted = (Report.Fitted) client.perform(fit(start(), TRAINING));

        Learner.Trained trained = LEARNER.fit(start(), PREPROCESSING.apply(TABLE, TABLE.rows(false)), TRAINING,
                new Seed(3));
        assertThat(fitted.update().difference()).isEqualTo(trained.parameters().minus(start()));
        assertThat(fitted.update().weight()).isEqualTo(30);
        assertThat(fitted.update().sums()).isEqualTo(trained.sums());
    }

    // ---- when time is short

    /** A second passes between any two looks at it. */
    private static LongSupplier ticking() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 3_000_000_000L); // where such a clock may begin, or overflow
        return () -> now.getAndAdd(1_000_000_000);
    }

    private static Report fitWithin(Duration time, LongSupplier clock) throws InterruptedException {
        return new Client(Map.of("rows", spec -> TABLE), Consent.TO_ALL, ClientMemory.inMemory(), clock)
                .perform(fit(start(), TRAINING).within(time));
    }

    @Test
    void whoHasNoTimeForAllAnswersWhatTheStepsSoFarMade() throws InterruptedException {
        ModelUpdate update = ((Report.Fitted) fitWithin(Duration.ofSeconds(7), ticking())).update();

        LocalTraining oneEpoch = new LocalTraining(1, 5, 0.1, 0, 0, true); // of six steps
        assertThat(update.share()).isEqualTo(6.0 / 18);
        assertThat(update.isPartial()).isTrue();
        ModelUpdate expected = ((Report.Fitted) client.perform(fit(start(), oneEpoch))).update();
        assertThat(update.difference()).isEqualTo(expected.difference());
        assertThat(update.sums()).isEqualTo(expected.sums());
        assertThat(update.weight()).as("a partial update weighs as a whole one").isEqualTo(30);
    }

    @Test
    void whoHasTimeEnoughDoesAll() throws InterruptedException {
        Report all = client.perform(fit(start(), TRAINING));

        assertThat(fitWithin(Duration.ofSeconds(19), ticking())).isEqualTo(all);
        assertThat(((Report.Fitted) fitWithin(Duration.ofSeconds(18), ticking())).update().share())
                .isEqualTo(17.0 / 18);
        assertThat(fitWithin(Duration.ofNanos(1), Client.TIMELESS)).as("without a clock").isEqualTo(all);
    }

    @Test
    void whoHasNoTimeForOneStepFails() throws InterruptedException {
        assertThat(fitWithin(Duration.ofSeconds(1), ticking())).isEqualTo(
                new Report.Failed("the time of the round was over before the first step of training"));
        assertThat(fitWithin(Duration.ZERO, Client.TIMELESS)).isInstanceOf(Report.Failed.class);
    }

    @Test
    void evaluationIsInTheLabelsUnitOnHeldOutRows() throws InterruptedException {
        Learner.Trained trained = LEARNER.fit(start(), PREPROCESSING.apply(TABLE, TABLE.rows(false)), TRAINING,
                new Seed(3));
        Sums sums = ((Report.Evaluated) client.perform(evaluate(trained.parameters()))).sums();

        int[] rows = TABLE.rows(true);
        float[] predictions = LEARNER.predict(trained.parameters(), PREPROCESSING.apply(TABLE, rows));
        double squared = IntStream.range(0, rows.length).mapToDouble(
                i -> Math.pow(PREPROCESSING.label().invert(predictions[i]) - TABLE.labels()[rows[i]], 2)).sum();
        assertThat(Metrics.of(sums).get(Metrics.EXAMPLES)).hasValue(10);
        assertThat(Metrics.of(sums).get(Metrics.RMSE).orElseThrow()).isCloseTo(Math.sqrt(squared / rows.length),
                within(0.1));
    }

    @Test
    void withoutHeldOutRowsThereIsNothingToMeasure() throws InterruptedException {
        Client all = new Client(Map.of("rows", spec -> RandomTables.of(SCHEMA, 5, 1)));

        assertThat(all.perform(evaluate(start()))).isEqualTo(new Report.Evaluated(Sums.NONE));
    }

    @Test
    void tasksAreCompleteInThemselves() throws InterruptedException {
        Client fresh = new Client(Map.of("rows", spec -> TABLE));
        Report first = client.perform(fit(start(), TRAINING));
        client.perform(evaluate(start()));

        assertThat(client.perform(fit(start(), TRAINING))).as("again").isEqualTo(first);
        assertThat(fresh.perform(fit(start(), TRAINING))).as("after a restart").isEqualTo(first);
    }

    @Test
    void rowsAreReadOnceARun() throws InterruptedException {
        client.perform(new Task.Describe("run", DATA));
        client.perform(fit(start(), TRAINING));
        client.perform(evaluate(start()));
        assertThat(reads).isEqualTo(1);

        client.perform(new Task.Describe("next", DATA));
        assertThat(reads).as("the owner may have changed them").isEqualTo(2);
    }

    // ---- what is wrong with the data

    private static Report perform(DataSource source, Task task) throws InterruptedException {
        return new Client(Map.of("rows", source)).perform(task);
    }

    @Test
    void badDataAreRefusedWithoutWhatWasFoundInThem() throws InterruptedException {
        Report report = perform(spec -> {
            throw new DataException("row 7 of column age is no number", "row 7 of column age is 'Mary, 83'");
        }, new Task.Describe("run", DATA));

        assertThat(report).isEqualTo(new Report.Refused("row 7 of column age is no number"));
    }

    @Test
    void setThatIsNotServedIsRefusedWithoutNamingTheOthers() throws InterruptedException {
        Client secretive = new Client(Map.of("hiv-patients", spec -> TABLE));

        assertThat(secretive.perform(new Task.Describe("run", DATA)))
                .isEqualTo(new Report.Refused("this node serves no data set called rows"));
    }

    @Test
    void setWithoutTrainingRowsIsRefused() throws InterruptedException {
        Report refused = new Report.Refused("the data set rows has no row to train on");

        for (Task task : List.of(new Task.Describe("run", DATA), fit(start(), TRAINING))) {
            assertThat(perform(spec -> RandomTables.of(SCHEMA, 1, 1, 4), task)).isEqualTo(refused);
            assertThat(perform(spec -> RandomTables.of(SCHEMA, 0, 1), task)).isEqualTo(refused);
        }
    }

    @Test
    void sourceThatAnswersWithOtherColumnsIsRefused() throws InterruptedException {
        Report report = perform(spec -> RandomTables.of(RandomTables.CLASSES, 5, 1), new Task.Describe("run", DATA));

        assertThat(((Report.Refused) report).reason()).contains("expected");
    }

    @Test
    void rowsThatCannotBeReadNowAreAFailureAndNoRefusal() throws InterruptedException {
        Report report = perform(spec -> {
            throw new FederationException("the share is not mounted", true);
        }, fit(start(), TRAINING));

        assertThat(report).isEqualTo(new Report.Failed("the share is not mounted"));
    }

    // ---- what is wrong with the task

    @Test
    void trainingThatDivergesIsAFailure() throws InterruptedException {
        Report report = client.perform(fit(start(), new LocalTraining(200, 5, 1e6, 0, 0, false)));

        assertThat(((Report.Failed) report).reason()).contains("diverged").contains("training.rate");
    }

    @Test
    void taskWhosePartsDoNotFitIsRefused() throws InterruptedException {
        Parameters other = Parameters.zeros(Layout.of(TensorShape.of("w", 3)));
        Preprocessing otherColumns = Preprocessing.identity(RandomTables.CLASSES);

        for (Task task : List.of(fit(other, TRAINING), evaluate(other),
                new Task.Fit("run", 1, DATA, PREPROCESSING, new ModelSpec.Softmax(), start(), TRAINING, new Seed(3)),
                new Task.Evaluate("run", 1, DATA, otherColumns, new ModelSpec.Linear(), start()))) {
            assertThat(((Report.Refused) client.perform(task)).reason()).startsWith("the task contradicts itself: ");
        }
    }

    @Test
    void interruptEndsTheTask() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> client.perform(fit(start(), TRAINING)));
    }
}
