package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.Compression.Values;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedDevicesTest {
    private static final int ROWS = 30;
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    /** 60 rows a training; the model has two values, which are 8 bytes. */
    private static final LocalTraining TRAINING = new LocalTraining(2, 10, 0.01, 0, 0, true);
    private static final Strategy ROUNDS = Strategies.fedAvg(TRAINING, Weighting.UNIFORM);
    private static final Strategy BUFFERED = Strategies.fedBuff(TRAINING, 1, 5, new Staleness.Constant());
    /** 2 s to download, 6 s to train, 4 s to upload. */
    private static final DeviceProfile ALIKE = new DeviceProfile(10, 1, 4, 2, 1, DeviceProfile.atAllHours(1), 1, 0);

    private static DeviceProfile apart(double spread, double there, double dropout) {
        return new DeviceProfile(10, spread, 4, 2, spread, DeviceProfile.atAllHours(there), 3, dropout);
    }

    private static RunSpec spec(Strategy strategy, Compression compression, int rounds, Cohort cohort) {
        return new RunSpec("devices", "", new DataSpec("rows", SCHEMA, new HoldOut.None(), false),
                new ModelSpec.Linear(), strategy, compression, rounds, cohort, new Evaluation(0), StopRule.NEVER,
                new Seed(5));
    }

    private static SortedMap<String, Table> tables(int clients) {
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int client = 0; client < clients; client++) {
            double shift = client;
            double[] x = IntStream.range(0, ROWS).mapToDouble(row -> row / 30.0).toArray();
            double[] y = IntStream.range(0, ROWS).mapToDouble(row -> row / 30.0 + shift).toArray();
            tables.put(String.format("%03d", client), new Table(SCHEMA, new double[][]{x}, y, new boolean[ROWS]));
        }
        return tables;
    }

    private static final Task.Fit TASK = new Task.Fit("run", 1, new DataSpec("rows", SCHEMA, new HoldOut.None(), false),
            Preprocessing.identity(SCHEMA), new ModelSpec.Linear(),
            Learners.of(new ModelSpec.Linear(), SCHEMA).initial(new Seed(1)), TRAINING, new Seed(1));

    private record Ended(RunEvent event, Checkpoint last, List<RunEvent> events) {
        double seconds() {
            return last.history().stream().mapToDouble(round -> round.duration().toMillis() / 1000.0).sum();
        }

        long updates() {
            return last.history().stream().mapToLong(RoundRecord::updates).sum();
        }
    }

    private static Ended run(RunSpec spec, int clients, DeviceProfile profile, int threads)
            throws InterruptedException {
        List<RunEvent> events = new ArrayList<>();
        MemoryStore store = new MemoryStore(events::add);
        Durations devices = new SimulatedDevices(profile, client -> ROWS, new Seed(9));
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(tables(clients)), threads, devices)) {
            RunEvent end = new RunLoop(Simulation.RUN, spec, fleet, store, fleet.clock()).run();
            return new Ended(end, store.latest(Simulation.RUN).orElseThrow(), events);
        }
    }

    private static Cohort cohort(int size, double overSelection, Duration deadline) {
        return new Cohort(2, OptionalInt.of(size), 1, overSelection, deadline, false);
    }

    // ---- by hand

    @Test
    void aTrainingTakesDownloadStepsAndUpload() throws InterruptedException {
        Ended end = run(spec(ROUNDS, Compression.NONE, 3, cohort(4, 1, Duration.ofMinutes(1))), 4, ALIKE, 2);
        assertThat(end.last.history()).allSatisfy(round -> {
            assertThat(round.duration()).isEqualTo(Duration.ofSeconds(12));
            assertThat(round.clients().get("002").traffic()).isEqualTo(new Traffic(8, 8, 0));
        });
    }

    @Test
    void whatIsCompressedIsSoonerThere() throws InterruptedException {
        Compression bytes = Compression.of(Values.INT8);
        Ended end = run(spec(ROUNDS, bytes, 1, cohort(4, 1, Duration.ofMinutes(1))), 4, ALIKE, 2);
        assertThat(end.last.history().get(0).duration()).as("two bytes and a scale, 3 s").isEqualTo(
                Duration.ofSeconds(11));
        assertThat(end.last.history().get(0).traffic()).isEqualTo(new Traffic(32, 24, 8));
        assertThat(new Compression(Values.FLOAT16, 256, 0.1, false).bytes(100)).as("10 values and their places")
                .isEqualTo(60);
        assertThat(new Compression(Values.INT8, 16, 1, true).bytes(100)).as("7 scales").isEqualTo(128);
    }

    @Test
    void withoutRoundsAnAnswerComesWhenItsTrainingIsDone() throws InterruptedException {
        Strategy one = Strategies.fedBuff(TRAINING, 1, 2, new Staleness.Constant());
        Ended end = run(spec(one, Compression.NONE, 4, new Cohort(2, OptionalInt.of(2), 1, Duration.ofMinutes(1))), 4,
                ALIKE, 2);
        assertThat(end.last.history()).extracting(RoundRecord::duration).containsOnly(Duration.ofSeconds(12));
        assertThat(end.last.history().get(1).traffic()).isEqualTo(new Traffic(16, 16, 0));
    }

    @Test
    void stepsAreCountedWhereTheyAreGiven() {
        assertThat(TRAINING.examplesOver(30)).isEqualTo(60);
        assertThat(TRAINING.withSteps(7).examplesOver(30)).isEqualTo(70);
        assertThat(TRAINING.withSteps(7).examplesOver(4)).isEqualTo(28);
    }

    // ---- who is there

    @Test
    void nobodyIsAskedWhoIsAway() throws InterruptedException {
        List<Double> atThree = new ArrayList<>(DeviceProfile.atAllHours(0));
        atThree.set(3, 1.0);
        DeviceProfile threeOClock = new DeviceProfile(10, 1, 4, 2, 1, atThree, 1, 0);
        Ended end = run(spec(ROUNDS, Compression.NONE, 302, cohort(4, 1, Duration.ofMinutes(1))), 8, threeOClock, 2);
        List<RoundRecord> history = end.last.history();
        assertThat(history.get(0).duration()).as("from three o'clock").isEqualTo(Duration.ofSeconds(12));
        assertThat(history.get(299).duration()).as("the last before four").isEqualTo(Duration.ofSeconds(12));
        assertThat(history.get(300).duration()).as("from four to three, and a training")
                .isEqualTo(Duration.ofHours(23).plusSeconds(12));
    }

    @Test
    void theirClocksTellOtherHours() {
        List<Double> hours = new ArrayList<>(DeviceProfile.atAllHours(0));
        hours.set(5, 1.0);
        SimulatedDevices devices = new SimulatedDevices(new DeviceProfile(1, 1, 1, 1, 1, hours, 4, 0), client -> 1,
                new Seed(1));
        long[] there = IntStream.range(0, 24).mapToLong(hour -> IntStream.range(0, 1000)
                .filter(i -> devices.isThere("device-" + i, Duration.ofHours(hour).plusMinutes(59))).count()).toArray();
        // a quarter of 1,000 in each zone: beyond 6 deviations once in 1e9
        for (int hour = 0; hour < 24; hour++) {
            assertThat(there[hour]).as("at %s", hour).isBetween(hour >= 2 && hour <= 5 ? 168L : 0L,
                    hour >= 2 && hour <= 5 ? 332L : 0L);
        }
        assertThat(IntStream.of(2, 3, 4, 5).mapToLong(hour -> there[hour]).sum()).isEqualTo(1000);
    }

    @Test
    void theShareOfThoseThereIsThatOfTheHour() {
        SimulatedDevices phones = new SimulatedDevices(DeviceProfile.PHONES, client -> 1, new Seed(1));
        double[] there = IntStream.range(0, 24 * 7).mapToDouble(hour -> IntStream.range(0, 500)
                .filter(i -> phones.isThere("phone-" + i, Duration.ofHours(hour))).count() / 500.0).toArray();
        double night = (there[0] + there[24] + there[48] + there[72]) / 4;
        double day = (there[10] + there[34] + there[58] + there[82]) / 4;
        // 2,000 draws of 0.4 and of 0.1: beyond 6 deviations of 0.011 once in 1e9
        assertThat(night).isCloseTo(0.4, within(0.066));
        assertThat(day).isCloseTo(0.1, within(0.041));
    }

    @Test
    void ifTooFewEverComeTheRunSaysSo() throws InterruptedException {
        DeviceProfile hardlyEver = apart(1, 1e-9, 0);
        List<RunEvent> events = new ArrayList<>();
        MemoryStore store = new MemoryStore(events::add);
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(tables(3)), 1,
                new SimulatedDevices(hardlyEver, client -> ROWS, new Seed(9)))) {
            RunEvent end = new RunLoop(Simulation.RUN,
                    spec(ROUNDS, Compression.NONE, 1, cohort(2, 1, Duration.ofMinutes(1))), fleet, store, fleet.clock())
                    .run();
            assertThat(end).isInstanceOf(RunEvent.Failed.class);
            assertThat(fleet.clock().millis()).as("a week").isEqualTo(Duration.ofDays(7).toMillis());
        }
    }

    // ---- how they differ

    @Test
    void twoInThreeDevicesAreWithinTheSpread() {
        double spread = 3;
        DeviceProfile profile = new DeviceProfile(10, spread, 1e12, 1e12, 1, DeviceProfile.atAllHours(1), 1, 0);
        double[] times = times(profile, 10_000);
        Arrays.sort(times);
        // 6 s is the median's; of 10,000 the share has a deviation of 0.005, and beyond 6 of them it is once in 1e9
        assertThat(share(times, 0, 6)).isCloseTo(0.5, within(0.03));
        assertThat(share(times, 6 / spread, 6 * spread)).isCloseTo(0.6827, within(0.03));
    }

    private static double[] times(DeviceProfile profile, int devices) {
        SimulatedDevices all = new SimulatedDevices(profile, client -> ROWS, new Seed(3));
        return IntStream.range(0, devices).mapToDouble(i -> all.of("device-" + i, 1, TASK).toNanos() / 1e9).toArray();
    }

    private static double share(double[] times, double from, double to) {
        return Arrays.stream(times).filter(time -> time >= from && time <= to).count()
                / (double) times.length;
    }

    @Test
    void aDeviceIsTheSameEachTimeItIsAsked() {
        SimulatedDevices devices = new SimulatedDevices(apart(4, 1, 0), client -> ROWS, new Seed(3));
        assertThat(devices.of("a", 1, TASK)).isEqualTo(devices.of("a", 2, TASK))
                .isNotEqualTo(devices.of("b", 1, TASK));
    }

    @Test
    void whoDropsOutIsSilentUntilTheDeadline() throws InterruptedException {
        Ended end = run(spec(ROUNDS, Compression.NONE, 200, cohort(5, 1, Duration.ofMinutes(1))), 20,
                apart(1, 1, 0.1), 2);
        assertThat(end.last.history()).allSatisfy(round -> assertThat(round.duration())
                .isEqualTo(Duration.ofSeconds(round.updates() == 5 ? 12 : 60)));
        // 1,000 trainings, of which 0.9 come: a deviation of 9.5, beyond 6 of them once in 1e9
        assertThat(end.updates()).isBetween(843L, 957L);
        assertThat(end.events).filteredOn(RunEvent.ClientSilent.class::isInstance).hasSize(1000 - (int) end.updates());
    }

    @Test
    void whoDroppedOutIsAskedAgainAfterItsDeadline() throws InterruptedException {
        Ended end = run(spec(BUFFERED, Compression.NONE, 100, new Cohort(5, OptionalInt.of(5), 1,
                Duration.ofMinutes(1))), 6, apart(1, 1, 0.5), 2);
        assertThat(end.event).as("six devices that each drop out every other time").isInstanceOf(
                RunEvent.Finished.class);
        assertThat(end.updates()).isEqualTo(500);
    }

    // ---- laws

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 3, 8})
    void roundsThatAskMoreThanTheyNeedCloseSooner(double spread) throws InterruptedException {
        DeviceProfile profile = apart(spread, 1, 0);
        double patient = run(spec(ROUNDS, Compression.NONE, 30, cohort(10, 1, Duration.ofDays(9))), 40, profile, 2)
                .seconds();
        double hasty = run(spec(ROUNDS, Compression.NONE, 30, cohort(10, 1.3, Duration.ofDays(9))), 40, profile, 2)
                .seconds();
        assertThat(hasty).isLessThan(0.95 * patient);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 3, 8})
    void withStragglersUpdatesComeFasterWithoutRounds(double spread) throws InterruptedException {
        DeviceProfile profile = apart(spread, 1, 0);
        Ended rounds = run(spec(ROUNDS, Compression.NONE, 20, cohort(10, 1, Duration.ofDays(9))), 40, profile, 2);
        Ended buffered = run(spec(BUFFERED, Compression.NONE, 40,
                new Cohort(10, OptionalInt.of(10), 1, Duration.ofDays(9))), 40, profile, 2);
        assertThat(rounds.updates()).isEqualTo(buffered.updates());
        assertThat(buffered.seconds()).isLessThan(0.95 * rounds.seconds());
    }

    @Test
    void theNumberOfThreadsChangesNoByte() throws InterruptedException {
        for (Strategy strategy : List.of(ROUNDS, BUFFERED)) {
            RunSpec spec = spec(strategy, Compression.of(Values.INT8), 30,
                    new Cohort(5, OptionalInt.of(8), 1, Duration.ofMinutes(2)));
            Checkpoint one = run(spec, 40, apart(4, 0.5, 0.2), 1).last;
            for (int threads : new int[]{2, 5}) {
                Checkpoint more = run(spec, 40, apart(4, 0.5, 0.2), threads).last;
                assertThat(more.state().parameters()).isEqualTo(one.state().parameters());
                assertThat(more.history()).as("durations and bytes too").isEqualTo(one.history());
            }
        }
    }

    @Test
    void aWeekOfFiveMinutesEachMayPass() throws InterruptedException {
        Ended end = run(spec(ROUNDS, Compression.NONE, 2_016, cohort(3, 1, Duration.ofMinutes(5))), 30,
                new DeviceProfile(10, 2.5, 4, 2, 3, DeviceProfile.PHONES.availability(), 4, 0.08), 2);
        assertThat(end.seconds()).isGreaterThan(86_400.0);
        assertThat(end.event).isInstanceOf(RunEvent.Finished.class);
    }

    @Test
    void aProfileThatCannotBeIsRefused() {
        List<Double> always = DeviceProfile.atAllHours(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceProfile(0, 1, 1, 1, 1, always, 1, 0))
                .withMessage("speed is 0.0, expected a number above 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceProfile(1, 0.5, 1, 1, 1, always, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceProfile(1, 1, 1, 1, 1, List.of(1.0), 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceProfile(1, 1, 1, 1, 1, DeviceProfile.atAllHours(0), 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceProfile(1, 1, 1, 1, 1, always, 25, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceProfile(1, 1, 1, 1, 1, always, 1, 1));
    }
}
