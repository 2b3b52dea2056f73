package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.client.ledger.LedgerRecord;
import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.data.Alphabet;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.accounting.pld.PldAccountant;
import dev.hansa.core.privacy.accounting.rdp.RdpAccountant;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.PoissonSampled;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What noise costs that hides single rows, that is a share, or that lasts over rounds. */
class NoiseKindsTest extends GateFixture {
    private static final double DELTA = 1e-5;
    private static final ExamplePrivacy ROWS = new ExamplePrivacy(1, 2, 0.05, 1e-6);

    private static DataPolicy spending(Unit unit, double epsilon) {
        return new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, unit, Required.NOTHING, OptionalInt.empty(),
                OptionalInt.empty(), Optional.of(new Budget(epsilon, DELTA)), Set.of());
    }

    private static DataPolicy requiring(Unit unit, Required required) {
        return new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, unit, required, OptionalInt.empty(),
                OptionalInt.empty(), Optional.empty(), Set.of());
    }

    // ---- rows

    private static Task.Fit hidingRows(int round, ExamplePrivacy how) {
        return hidingRows(DATA, round, how);
    }

    private static Task.Fit hidingRows(DataSpec data, int round, ExamplePrivacy how) {
        LocalTraining training = new LocalTraining(1, 0, 0.1, 0, 0, false).withSteps(10).withPrivacy(how);
        Task.Fit plain = fit("r", round);
        return new Task.Fit(plain.run(), round, data, plain.preprocessing(), plain.model(), plain.parameters(),
                training, plain.seed());
    }

    /** Any other row in the place of one: half the noise, drawn by coins. */
    private static double epsilonOfRows(int rounds) {
        return new PldAccountant().curve(new SelfComposed(new PoissonSampled(0.05, new Gaussian(1)), 10L * rounds),
                Adjacency.REPLACE_ONE).epsilon(DELTA);
    }

    @Test
    void noiseInEachStepIsChargedToEachRowAndHidesNotAllOfThem() {
        Gate gate = gate(spending(Unit.ROW, 20));
        assertThat(done(gate, "t1", terms(5, 0), hidingRows(1, ROWS))).isTrue();
        assertThat(done(gate, "t2", terms(5, 0), hidingRows(2, ROWS))).isTrue();
        LedgerRecord last = records().get(1);
        assertThat(last.entry().epsilon(Unit.ROW)).isEqualTo(epsilonOfRows(2)).isBetween(0.5, 20.0);
        assertThat(last.entry().epsilon(Unit.DATA_SET)).isInfinite();
    }

    @Test
    void aBudgetOfRowsIsSpentAndOneOfAllRowsIsNotForThem() {
        double two = epsilonOfRows(2);
        Gate gate = gate(spending(Unit.ROW, two + 1e-6));
        assertThat(done(gate, "t1", terms(5, 0), hidingRows(1, ROWS))).isTrue();
        assertThat(done(gate, "t2", terms(5, 0), hidingRows(2, ROWS))).isTrue();
        assertThat(done(gate, "t3", terms(5, 0), hidingRows(3, ROWS))).isFalse();
        assertThat(told).last().asString().contains("for each single row");
        assertThat(done(gate(spending(Unit.DATA_SET, 1e6)), "t4", terms(5, 0), hidingRows(3, ROWS))).isFalse();
        assertThat(told).last().asString().contains("for all rows together",
                "without bound, for what was told before is");
    }

    private static Terms hiding(int rounds, boolean everyRound) {
        return new Terms("", rounds, everyRound, 2, 0, Optional.empty(), Optional.of(new Terms.Rows(2, 0.05, 10)));
    }

    @Test
    void aRunThatABudgetOfRowsDoesNotLastForIsRefusedAtItsFirstTask() {
        Gate gate = gate(spending(Unit.ROW, epsilonOfRows(2) + 1e-6));
        Task describe = new Task.Describe("r", DATA);
        assertThat(ask(gate, "t1", hiding(2, true), describe)).isEmpty();
        assertThat(refusal(ask(gate, "t2", hiding(3, true), describe))).contains("the privacy budget");
        assertThat(told).last().asString().contains("all of this run, as far as it can be foreseen");
        assertThat(ask(gate, "t3", hiding(3, false), describe)).as("it may not be asked in each").isEmpty();
        assertThat(ask(gate(spending(Unit.DATA_SET, 1e6)), "t4", hiding(2, true), describe))
                .as("it hides not all rows together").isPresent();
    }

    private String askedOfThePerson(DataPolicy rules, Terms terms, Task task) {
        assertThat(ask(gate(asking(rules)), "t", terms, task)).isPresent();
        return approvals.questions().stream().filter(one -> one.run().equals(task.run())).findFirst().orElseThrow()
                .text();
    }

    private static DataPolicy asking(DataPolicy rules) {
        return new DataPolicy(rules.purposes(), rules.columns(), Approval.ASK, rules.unit(), rules.required(),
                rules.rounds(), rules.allRounds(), rules.budget(), rules.exempt());
    }

    @Test
    void nobodyIsAskedToApproveWhatTheBudgetDoesNotLastFor() {
        Gate gate = gate(asking(spending(Unit.ROW, 0.1)));
        Task describe = new Task.Describe("r", DATA);
        assertThat(refusal(ask(gate, "t", hiding(3, true), describe))).contains("the privacy budget")
                .doesNotContain("epsilon");
        assertThat(told).last().asString().contains("it cannot be approved, and its owner is not asked",
                "of which 0 is spent and 0.1 is left", "with all of this run");
        assertThat(approvals.questions()).isEmpty();
        assertThat(refusal(ask(gate, "t", null, survey(Noise.NONE)))).as("a survey").contains("the privacy budget");
        assertThat(approvals.questions()).isEmpty();
    }

    @Test
    void aRunThatWaitsAndWhoseBudgetIsSpentByAnotherIsOver() {
        Task describe = new Task.Describe("r", DATA);
        assertThat(ask(gate(asking(spending(Unit.ROW, 20))), "t", hiding(2, true), describe)).isPresent();
        assertThat(approvals.question("r")).isPresent();
        assertThat(refusal(ask(gate(asking(spending(Unit.ROW, 0.1))), "t", hiding(2, true), describe)))
                .contains("the privacy budget");
        assertThat(approvals.question("r")).isEmpty();
        assertThat(approvals.over("r")).get().satisfies(over -> {
            assertThat(over.why()).contains("it cannot be approved");
            assertThat(over.time()).isEqualTo(NOON);
        });
        assertThat(ask(gate(asking(spending(Unit.ROW, 20))), "t", hiding(2, true), describe)).isPresent();
        assertThat(approvals.question("r")).as("it asks again").isPresent();
        assertThat(approvals.over("r")).isEmpty();
    }

    @Test
    void whoDecidesIsToldOfNoiseInEachStepAndOfWhatItCosts() {
        Task describe = new Task.Describe("r", DATA);
        String two = String.format(Locale.ROOT, "epsilon %.3f", Math.floor(epsilonOfRows(2) * 1000) / 1000);
        assertThat(askedOfThePerson(spending(Unit.ROW, 20), hiding(2, true), describe)).contains("DP-SGD",
                "in each of 10 steps", "with probability 0.05", "multiplier 2", two, "for each single row",
                "of the budget of epsilon 20 is spent 0, and with all of this run");
        assertThat(askedOfThePerson(spending(Unit.ROW, epsilonOfRows(2)), hiding(4, false), describe))
                .contains("if it asks this node in each round", "refuses the rounds that it does not pay for");
        assertThat(askedOfThePerson(requiring(Unit.DATA_SET, Required.NOTHING), hiding(2, true), describe))
                .contains("no epsilon bounds what it may tell of all rows together", "of each single row " + two);
    }

    @Test
    void whoDecidesIsToldWhichRowsAreHeldOutAndThatTheirNumberIsNotHidden() {
        DataSpec chosen = new DataSpec("rows", SCHEMA, new HoldOut.Marked("z", "1"), false);
        assertThat(askedOfThePerson(requiring(Unit.ROW, Required.NOTHING), hiding(2, true),
                new Task.Describe("r", chosen))).contains("rows with \"1\" in z are held out",
                        "no epsilon bounds what it may tell of each single row");
    }

    @Test
    void aBudgetOfRowsLetsNothingLeaveThatHasNoNoise() {
        Gate gate = gate(spending(Unit.ROW, 1e6));
        assertThat(done(gate, "t1", terms(5, 0), fit("r", 1))).isFalse();
        ExamplePrivacy weak = new ExamplePrivacy(1, 0.2, 0.05, 1e-6);
        assertThat(done(gate, "t2", terms(5, 0), hidingRows(1, weak))).as("no node trains with so little").isFalse();
        assertThat(done(gate, "t3", terms(5, 0), evaluate("r"))).isFalse();
    }

    @Test
    void whatHidesAllRowsHidesEachOfThem() {
        Gate gate = gate(spending(Unit.ROW, 1));
        assertThat(done(gate, "t1", terms(1, 8), fit("r", 1).protectedBy(NOISY))).isTrue();
        assertThat(records().get(0).entry().row()).as("the same").isEmpty();
        assertThat(records().get(0).entry().epsilon(Unit.ROW))
                .isEqualTo(records().get(0).entry().epsilon(Unit.DATA_SET)).isBetween(0.1, 1.0);
    }

    @Test
    void noiseForSingleRowsOfASurveyIsChargedToThem() {
        Noise rows = new Noise(By.CLIENTS, 40, 0);
        assertThat(answered(gate(spending(Unit.ROW, 1)), "t1", rows)).isTrue();
        assertThat(records().get(0).entry().epsilon(Unit.ROW)).isBetween(0.01, 1.0);
        assertThat(records().get(0).entry().epsilon()).isInfinite();
        assertThat(answered(gate(spending(Unit.DATA_SET, 1)), "t2", rows)).isFalse();
    }

    @Test
    void whatIsRequiredIsRequiredOfTheUnit() {
        Required required = new Required(1, 2, 1);
        assertThat(ask(gate(requiring(Unit.ROW, required)), "t", terms(5, 0), hidingRows(1, ROWS))).isEmpty();
        assertThat(refusal(ask(gate(requiring(Unit.ROW, new Required(1, 3, 1))), "t", terms(5, 0),
                hidingRows(1, ROWS)))).contains("finds 2");
        assertThat(refusal(ask(gate(requiring(Unit.ROW, new Required(0.5, 0, 1))), "t", terms(5, 0),
                hidingRows(1, ROWS)))).contains("gradients of rows", "clips to 1");
        assertThat(ask(gate(requiring(Unit.DATA_SET, required)), "t", terms(5, 0), hidingRows(1, ROWS))).isPresent();
    }

    /** Each character of a text is drawn for itself, and with little noise anything is as good as told. */
    @Test
    void noiseThatHidesNoRowIsNeitherNoiseNorAClipThatIsRequired() {
        Schema text = new Schema(List.of(new Column.Text("x", 3, new Alphabet("ab"))),
                new Column.NextCharacter("x", 1));
        DataSpec running = new DataSpec("rows", text, new HoldOut.None(), false);
        ExamplePrivacy weak = new ExamplePrivacy(1, 0.2, 0.05, 1e-6);
        for (Task.Fit none : List.of(hidingRows(running, 1, ROWS), hidingRows(1, weak))) {
            assertThat(refusal(ask(gate(requiring(Unit.ROW, new Required(Double.POSITIVE_INFINITY, 0.1, 1))), "t",
                    terms(5, 0), none))).endsWith("finds none");
            assertThat(refusal(ask(gate(requiring(Unit.ROW, new Required(1, 0, 1))), "t", terms(5, 0), none)))
                    .contains("clips none");
        }
    }

    // ---- shares

    private static Protection share(IntegerNoise noise, double deviation) {
        return new Protection(1, deviation, false,
                Optional.of(new Protection.Quantised(noise, 20, 0.001, new Seed(1))));
    }

    @ParameterizedTest
    @EnumSource(IntegerNoise.class)
    void ofSharedNoiseItsOwnShareCountsAndThoseOfOthersIfEverybodyIsTrusted(IntegerNoise noise) {
        Task task = fit("r", 1).protectedBy(share(noise, 8));
        Terms hundred = new Terms("", 1, true, 100, 8, Optional.empty());
        for (Trust trust : Trust.values()) {
            assertThat(done(gate(free(), trust), trust.name(), hundred, task)).isTrue();
        }
        List<Double> costs = records().stream()
                .map(record -> Spending.none().plus(record.entry().event()).epsilon(DELTA)).toList();
        double own = new RdpAccountant().curve(new Gaussian(4), Adjacency.REPLACE_ONE).epsilon(DELTA);
        double all = new RdpAccountant().curve(new Gaussian(40), Adjacency.REPLACE_ONE).epsilon(DELTA);
        assertThat(costs.get(0)).as("replace one: that of a Gaussian of half of 8, and what rounding adds")
                .isCloseTo(own, within(own * 0.02)).isGreaterThanOrEqualTo(own);
        assertThat(costs.get(1)).as("the coordinator adds none").isEqualTo(costs.get(0));
        assertThat(costs.get(2)).isCloseTo(all, within(all * 0.02)).isGreaterThanOrEqualTo(all);
    }

    @Test
    void aSmallShareCostsMoreThanAnyBudgetAndIsNoNoiseThatIsRequired() {
        Task task = fit("r", 1).protectedBy(share(IntegerNoise.SKELLAM, 0.1));
        Terms terms = new Terms("", 1, true, 100, 0.1, Optional.empty());
        assertThat(done(gate(budget()), "t1", terms, task)).isFalse();
        Required one = new Required(1, 1, 1);
        assertThat(refusal(ask(gate(requiring(Unit.DATA_SET, one)), "t2", terms, task))).contains("finds 0.1");
        assertThat(ask(gate(requiring(Unit.DATA_SET, one), Trust.EVERYBODY), "t3", terms, task)).isEmpty();
        Task none = fit("r", 1).protectedBy(share(IntegerNoise.SKELLAM, 1e-4));
        assertThat(ask(gate(spending(Unit.DATA_SET, 1e9)), "t4", terms, none)).as("as good as none").isPresent();
    }

    // ---- noise that lasts

    private static final Terms LASTING =
            new Terms("", 10, false, 2, 0, Optional.of(new Promise(8, new Chance.Rests(4))));
    private static final Protection CLIPPED = new Protection(1, 0, false);

    @Test
    void noiseThatLastsIsPaidOnceForAllRoundsByWhoTrustsTheCoordinator() {
        assertThat(done(gate(budget()), "t0", LASTING, fit("r", 1).protectedBy(CLIPPED))).isFalse();
        Gate gate = gate(budget(), Trust.COORDINATOR);
        assertThat(done(gate, "t1", LASTING, fit("r", 1).protectedBy(CLIPPED))).isTrue();
        assertThat(done(gate, "t2", LASTING, fit("r", 5).protectedBy(CLIPPED))).isTrue();
        double once = new PldAccountant().curve(new Gaussian(4), Adjacency.REPLACE_ONE).epsilon(BUDGET.delta());
        assertThat(records()).allSatisfy(record -> assertThat(record.entry().epsilon()).isCloseTo(once, within(1e-9)));
    }

    @Test
    void aNodeRestsAsLongAsThePromiseCountsOnWhoeverAsks() {
        Gate gate = gate(free());
        assertThat(done(gate, "t1", LASTING, fit("r", 3).protectedBy(CLIPPED))).isTrue();
        for (int early : new int[]{1, 2, 4, 5, 6}) {
            assertThat(ask(gate, "t", LASTING, fit("r", early))).as("round " + early).get().asString()
                    .contains("it took part in round 3", "one of 4 rounds");
        }
        assertThat(ask(gate, "t", LASTING, fit("r", 3).protectedBy(CLIPPED))).as("tried again").isEmpty();
        assertThat(ask(gate, "t", LASTING, fit("s", 4).protectedBy(CLIPPED))).as("another run").isEmpty();
        assertThat(ask(gate, "t", LASTING, evaluate("r"))).as("no training").isEmpty();
        assertThat(done(gate, "t7", LASTING, fit("r", 7).protectedBy(CLIPPED))).isTrue();
        assertThat(done(gate, "t8", terms(10, 0), fit("q", 7))).isTrue();
        assertThat(ask(gate, "t", terms(10, 0), fit("q", 8))).as("a run without such a promise").isEmpty();
    }

    @Test
    void theLongestRestThatARunHasNamedHolds() throws IOException {
        Terms restless = new Terms("", 10, false, 2, 0, Optional.of(new Promise(8, new Chance.Rests(1))));
        assertThat(done(gate(budget(), Trust.COORDINATOR), "t1", LASTING, fit("r", 1).protectedBy(CLIPPED))).isTrue();
        close();
        open();
        Gate gate = gate(budget(), Trust.COORDINATOR);
        for (int early : new int[]{2, 3, 4}) {
            Task.Fit fit = fit("r", early).protectedBy(CLIPPED);
            assertThat(ask(gate, "t", restless, fit)).as("round " + early).get().asString()
                    .contains("it took part in round 1", "one of 4 rounds");
            assertThat(ask(gate(free()), "t", terms(10, 0), fit)).as("without any promise").isPresent();
        }
        assertThat(done(gate, "t5", restless, fit("r", 5).protectedBy(CLIPPED))).as("rested").isTrue();
        assertThat(ask(gate, "t", restless, fit("r", 6).protectedBy(CLIPPED))).as("the same again").isPresent();
    }

    @Test
    void whoTookPartTooOftenDoesNotOnAPromiseThatCountsOnRest() {
        Terms restless = new Terms("", 10, false, 2, 0, Optional.of(new Promise(8, new Chance.Rests(1))));
        Gate gate = gate(budget(), Trust.COORDINATOR);
        assertThat(done(gate, "t1", restless, fit("r", 1).protectedBy(CLIPPED))).isTrue();
        assertThat(done(gate, "t2", restless, fit("r", 2).protectedBy(CLIPPED))).isTrue();
        assertThat(ask(gate, "t9", LASTING, fit("r", 9).protectedBy(CLIPPED))).get().asString()
                .contains("it took part in the rounds 1 and 2", "one of 4 rounds");
    }

    // ---- encryption

    @Test
    void whoWantsUpdatesUnderEncryptionTellsNoneYet() {
        Gate gate = gate(requiring(Unit.DATA_SET, new Required(Double.POSITIVE_INFINITY, 0, 1, true)));
        assertThat(refusal(ask(gate, "t", terms(1, 8), fit("r", 1).protectedBy(NOISY))))
                .contains("secureAggregation", "no run offers that yet");
        assertThat(refusal(ask(gate, "t", terms(1, 8), new Task.Describe("r", DATA)))).contains("secureAggregation");
        assertThat(ask(gate, "t", null, survey(Noise.NONE))).as("no update").isEmpty();
    }
}
