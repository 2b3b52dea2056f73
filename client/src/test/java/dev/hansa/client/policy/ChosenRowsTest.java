package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.question.Standardising;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How many rows hold a value that a run names: counts by value, which no noise hides. */
class ChosenRowsTest extends GateFixture {
    private static final HoldOut CHOSEN = new HoldOut.Marked("z", "1");

    private static DataSpec data(HoldOut holdOut, boolean standardise) {
        return new DataSpec("rows", SCHEMA, holdOut, standardise);
    }

    private static Task hidden(HoldOut holdOut) {
        Bounds bounds = new Bounds(0, 1);
        return new Task.Describe("r", data(holdOut, true), Optional.of(new Standardising(
                new TreeMap<>(Map.of("x", bounds, "y", bounds, "z", bounds)), false, 40, true)), new Seed(1));
    }

    private static Task hidingRows(HoldOut holdOut) {
        Task.Fit plain = fit("r", 1);
        return new Task.Fit("r", 1, data(holdOut, false), plain.preprocessing(), plain.model(), plain.parameters(),
                new LocalTraining(1, 0, 0.1, 0, 0, false).withSteps(10)
                        .withPrivacy(new ExamplePrivacy(1, 8, 0.05, 1e-6)),
                plain.seed());
    }

    private static DataPolicy ofRows(Told... exempt) {
        return new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Unit.ROW, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.empty(), Optional.of(new Budget(5, 1e-5)), Set.of(exempt));
    }

    @Test
    void howManyRowsAreChosenCostsEverythingUnlessStatisticsAreExempt() {
        Task asked = new Task.Describe("r", data(CHOSEN, false));
        for (DataPolicy rules : List.of(budget(), budget(Told.EVALUATION), ofRows())) {
            assertThat(done(gate(rules), "t1", terms(1, 20), asked)).isFalse();
            assertThat(told).last().asString().contains("counts by a value", "without bound");
        }
        assertThat(records()).isEmpty();
        assertThat(done(gate(budget(Told.STATISTICS)), "t2", terms(1, 20), asked)).isTrue();
        assertThat(done(gate(budget()), "t3", terms(1, 20), new Task.Describe("r", data(new HoldOut.Every(2), false))))
                .as("how many rows there are is known, and so is each second").isTrue();
        assertThat(records()).extracting(record -> record.entry().told()).containsExactly(Told.STATISTICS, Told.ROWS);
        assertThat(records()).allSatisfy(record -> assertThat(record.entry().epsilon()).isZero());
    }

    @Test
    void itCostsAsMuchBesideNoisedStatistics() {
        assertThat(done(gate(budget()), "t1", terms(1, 20), hidden(new HoldOut.Every(2)))).isTrue();
        assertThat(done(gate(budget()), "t2", terms(1, 20), hidden(CHOSEN))).isFalse();
        assertThat(done(gate(budget(Told.STATISTICS)), "t3", terms(1, 20), hidden(CHOSEN))).isTrue();
    }

    /** It tells how many rows it is from. */
    @Test
    void anUpdateThatHidesRowsTellsHowManyAreNotChosen() {
        assertThat(done(gate(ofRows()), "t1", terms(1, 0), hidingRows(CHOSEN))).isFalse();
        assertThat(done(gate(ofRows()), "t2", terms(1, 0), hidingRows(new HoldOut.None()))).isTrue();
        assertThat(done(gate(ofRows(Told.STATISTICS)), "t3", terms(1, 0), hidingRows(CHOSEN))).isTrue();
    }

    /** The same noised numbers beside other counts are another answer; beside the same they may be of another value. */
    @Test
    void countsOfChosenRowsAreNeverToldAgainForNothing() {
        Gate gate = gate(free());
        for (String value : List.of("0", "1")) {
            assertThat(ask(gate, value, null, hidden(new HoldOut.Marked("z", value)))).isEmpty();
            gate.leaves(value, new Report.Evaluated(Sums.NONE), content("as many of either"));
        }
        assertThat(records()).extracting(record -> record.entry().event()).containsExactly(new NonPrivate(),
                new NonPrivate());
    }

    /** It tells of how many rows it is. */
    @Test
    void howGoodAModelIsOnChosenRowsCostsEverythingUnlessBothAreExempt() {
        for (HoldOut holdOut : List.of(CHOSEN, new HoldOut.Every(2))) {
            Task asked = new Task.Evaluate("r", 1, data(holdOut, false), Preprocessing.identity(SCHEMA),
                    new ModelSpec.Linear(), MODEL);
            assertThat(done(gate(budget(Told.EVALUATION)), "t1" + holdOut, terms(1, 20), asked))
                    .isEqualTo(!holdOut.equals(CHOSEN));
            assertThat(done(gate(budget(Told.EVALUATION, Told.STATISTICS)), "t2" + holdOut, terms(1, 20), asked))
                    .isTrue();
        }
    }
}
