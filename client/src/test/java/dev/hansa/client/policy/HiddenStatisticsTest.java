package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import dev.hansa.core.question.Standardising;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is told before a run so that numbers can be standardised, with noise. */
class HiddenStatisticsTest extends GateFixture {
    private static Task hidden(String run, double noise, boolean own, boolean ofRows) {
        DataSpec standardised = new DataSpec("rows", SCHEMA, new HoldOut.None(), true);
        Bounds bounds = new Bounds(0, 1);
        return new Task.Describe(run, standardised,
                Optional.of(new Standardising(new TreeMap<>(Map.of("x", bounds, "y", bounds, "z", bounds)), ofRows,
                        noise, own)),
                new Seed(1));
    }

    @Test
    void hiddenStatisticsOfARunAreChargedByTheirNoise() {
        assertThat(done(gate(budget()), "t1", terms(1, 20), hidden("r", 40, true, false))).isTrue();
        assertThat(records()).singleElement().satisfies(record -> {
            assertThat(record.entry().told()).isEqualTo(Told.STATISTICS);
            assertThat(record.entry().event()).as("replace one: half of 40").isEqualTo(new Gaussian(20));
        });
        double first = records().get(0).entry().epsilon();
        assertThat(done(gate(budget()), "t2", terms(1, 20), hidden("r", 40, true, false))).isTrue();
        assertThat(records().get(1).entry().epsilon()).as("another answer is charged anew").isGreaterThan(first);
        assertThat(done(gate(budget()), "t3", terms(1, 20), hidden("r", 1, true, false))).as("too little noise")
                .isFalse();
        assertThat(done(gate(budget()), "t4", terms(1, 20), hidden("r", 40, true, true)))
                .as("that hides single rows hides no data set").isFalse();
    }

    @Test
    void theSameNumbersToldAgainCostNothingAndOthersDo() {
        Gate gate = gate(budget());
        Task asked = hidden("r", 40, true, false);
        for (String attempt : List.of("t1", "t2")) {
            assertThat(ask(gate, attempt, terms(1, 20), asked)).isEmpty();
            gate.leaves(attempt, new Report.Evaluated(Sums.NONE), content("what was told"));
        }
        assertThat(records()).extracting(record -> record.entry().event()).containsExactly(new Gaussian(20),
                Charge.NOTHING);
        assertThat(records().get(1).entry().epsilon()).isEqualTo(records().get(0).entry().epsilon());
        assertThat(records().get(1).entry().epsilon(Unit.ROW)).isEqualTo(records().get(0).entry().epsilon(Unit.ROW));
        assertThat(ask(gate, "t3", terms(1, 20), asked)).isEmpty();
        gate.leaves("t3", new Report.Evaluated(Sums.NONE), content("with new noise"));
        assertThat(ask(gate, "t4", terms(1, 20), hidden("s", 40, true, false))).isEmpty();
        gate.leaves("t4", new Report.Evaluated(Sums.NONE), content("what was told"));
        assertThat(records()).extracting(record -> record.entry().event()).as("new noise, and another run")
                .endsWith(new Gaussian(20), new Gaussian(20));
    }

    /** Counts that happen to be the same are no old news. */
    @Test
    void theSameNumbersWithoutNoiseCostAgain() {
        Gate gate = gate(free());
        Task asked = new Task.Describe("r", new DataSpec("rows", SCHEMA, new HoldOut.None(), true));
        for (String attempt : List.of("t1", "t2")) {
            assertThat(ask(gate, attempt, null, asked)).isEmpty();
            gate.leaves(attempt, new Report.Evaluated(Sums.NONE), content("the same"));
        }
        assertThat(records()).extracting(record -> record.entry().event()).containsExactly(new NonPrivate(),
                new NonPrivate());
    }

    @Test
    void noiseOfTheCoordinatorInStatisticsIsChargedOnceIfItIsTrusted() {
        Terms promise = terms(1, 0, new Promise(40, new Chance.None()));
        Task asked = hidden("r", 40, false, false);
        assertThat(done(gate(budget()), "t1", promise, asked)).isFalse();
        assertThat(done(gate(budget(), true), "t2", promise, asked)).isTrue();
        double first = records().get(0).entry().epsilon();
        assertThat(first).isPositive();
        assertThat(done(gate(budget(), true), "t3", promise, asked)).isTrue();
        assertThat(records().get(1).entry().epsilon()).as("its noise is drawn once").isEqualTo(first);
        assertThat(done(gate(budget(), true), "t4", promise, fit("r", 1).protectedBy(new Protection(1, 0, false))))
                .isTrue();
        assertThat(records().get(2).entry().epsilon()).as("a round of the same noise is another release")
                .isGreaterThan(first);
    }

    @Test
    void sumsWithLessNoiseThanIsRequiredAreRefused() {
        Required least = new Required(Double.POSITIVE_INFINITY, 5, 1);
        Gate gate = gate(requiring(least));
        assertThat(ask(gate, "t", terms(1, 8), hidden("r", 5, true, false))).isEmpty();
        assertThat(refusal(ask(gate, "t", terms(1, 8), hidden("r", 4, true, false))))
                .contains("finds 4 in the sums over columns");
        assertThat(refusal(ask(gate, "t", terms(1, 4), hidden("r", 5, true, false)))).contains("finds 4")
                .doesNotContain("sums");
        assertThat(refusal(ask(gate, "t", terms(1, 8), hidden("r", 9, true, true)))).as("hides single rows")
                .contains("finds none in the sums");
        assertThat(refusal(ask(gate, "t", terms(1, 8), hidden("r", 9, false, false)))).as("the word of the coordinator")
                .contains("finds none in the sums");
        assertThat(ask(gate(requiring(least), true), "t", terms(1, 8), hidden("r", 9, false, false))).isEmpty();
        Task plain = new Task.Describe("r", new DataSpec("rows", SCHEMA, new HoldOut.None(), true));
        assertThat(refusal(ask(gate, "t", terms(1, 8), plain))).contains("finds none in the sums");
        Task counts = new Task.Describe("r", new DataSpec("rows", SCHEMA, new HoldOut.None(), false));
        assertThat(ask(gate, "t", terms(1, 8), counts)).as("no sums").isEmpty();
        DataPolicy harmless = new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Unit.DATA_SET, least,
                OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of(Told.STATISTICS));
        assertThat(ask(gate(harmless), "t", terms(1, 8), plain)).isEmpty();
    }

    @Test
    void noiseThatHidesSingleRowsCountsWhereTheyAreTheUnit() {
        Gate gate = gate(new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Unit.ROW,
                new Required(Double.POSITIVE_INFINITY, 5, 1), OptionalInt.empty(), OptionalInt.empty(),
                Optional.empty(),
                Set.of()));
        assertThat(ask(gate, "t", terms(1, 0), hidden("r", 5, true, true))).isEmpty();
        assertThat(refusal(ask(gate, "t", terms(1, 0), hidden("r", 4, true, true)))).contains("finds 4 in the sums");
    }
}
