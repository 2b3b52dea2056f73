package dev.hansa.core.simulation;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** FedAvg on the digits with the cohorts of the references, and what each of its models gets right. */
final class DigitsRun {
    private static final Digits DIGITS = new Digits();
    private static final Table TEST = DIGITS.test();
    private static final Examples TEST_ROWS = Preprocessing.identity(DIGITS.schema()).apply(TEST,
            IntStream.range(0, TEST.rows()).toArray());

    private final EveryCheckpoint checkpoints = new EveryCheckpoint();
    private final Learner learner;

    DigitsRun(ModelSpec model, boolean iid, LocalTraining training, int rounds) throws InterruptedException {
        learner = Learners.of(model, DIGITS.schema());
        SortedMap<String, Client> clients = new TreeMap<>();
        tables(iid).forEach((id, table) -> clients.put(id, new Client(Map.of("digits", asked -> table))));
        RunSpec spec = new RunSpec("digits", "",
                new DataSpec("digits", DIGITS.schema(), new HoldOut.None(), false), model,
                Strategies.fedAvg(training, Weighting.EXAMPLES), rounds,
                new Cohort(Digits.CLIENTS, OptionalInt.of(ReferenceCohorts.SIZE), ReferenceCohorts.SIZE, 1,
                        Duration.ofMinutes(1), false, new ReferenceCohorts()),
                0, StopRule.NEVER, new Seed(0));
        try (LocalFleet fleet = new LocalFleet(clients, 2)) {
            new RunLoop("digits", spec, fleet, checkpoints, Simulation.CLOCK).run();
        }
    }

    static SortedMap<String, Table> tables(boolean iid) {
        return iid ? DIGITS.iid() : DIGITS.twoClassesEach();
    }

    static Table test() {
        return TEST;
    }

    /** After the round; round 0 is the start. */
    Parameters model(int round) {
        return checkpoints.model(round);
    }

    /** Of the test rows. */
    int correct(int round) {
        return (int) learner.evaluate(model(round), TEST_ROWS).get(Sums.CORRECT);
    }

    /** The first round of such an accuracy; the largest number there is without one. */
    int roundsTo(double accuracy) {
        return IntStream.rangeClosed(1, checkpoints.rounds())
                .filter(round -> correct(round) >= accuracy * TEST.rows()).findFirst().orElse(Integer.MAX_VALUE);
    }
}
