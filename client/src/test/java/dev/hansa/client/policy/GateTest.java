package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.client.ledger.Ledger;
import dev.hansa.client.ledger.LedgerFile;
import dev.hansa.client.ledger.LedgerRecord;
import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.client.Consent;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import dev.hansa.core.question.Asked;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Question;
import dev.hansa.wire.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", ""), new Column.Number("z", "")),
            new Column.Number("y", ""));
    private static final DataSpec DATA = new DataSpec("rows", SCHEMA, new HoldOut.None(), false);
    private static final Parameters MODEL = Parameters.zeros(Layout.of(TensorShape.of("w", 2)));
    private static final Report UPDATE = new Report.Fitted(new ModelUpdate(MODEL, 1, Sums.NONE));
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private static final Protection NOISY = new Protection(1, 8, false);
    private static final Budget BUDGET = new Budget(1, 1e-5);

    @TempDir
    Path folder;
    private Ledger ledger;
    private Approvals approvals;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.open(folder.resolve("ledger.jsonl"), Optional.empty(), told::add);
        approvals = new Approvals(Files.createDirectories(folder.resolve("approvals")));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    // ---- policies

    private static DataPolicy free() {
        return new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Required.NOTHING, OptionalInt.empty(),
                OptionalInt.empty(), Optional.empty(), Set.of());
    }

    private static DataPolicy budget(Told... exempt) {
        return new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Required.NOTHING, OptionalInt.empty(),
                OptionalInt.empty(), Optional.of(BUDGET), Set.of(exempt));
    }

    private static DataPolicy requiring(Required required) {
        return new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, required, OptionalInt.empty(),
                OptionalInt.empty(), Optional.empty(), Set.of());
    }

    private Gate gate(DataPolicy rules) {
        return gate(rules, false);
    }

    private Gate gate(DataPolicy rules, boolean trusted) {
        return gate(new Policy(List.of(), trusted, Optional.empty(), Map.of("rows", rules)));
    }

    private Gate gate(Policy policy) {
        return new Gate(Consent.TO_ALL, Optional.of(policy), ledger, approvals,
                Clock.fixed(NOON, ZoneOffset.UTC), new PolicyListener() {
                    @Override
                    public void objected(Task task, String reason) {
                        told.add(reason);
                    }
                });
    }

    // ---- tasks

    private static Task.Fit fit(String run, int round) {
        return new Task.Fit(run, round, DATA, Preprocessing.identity(SCHEMA), new ModelSpec.Linear(), MODEL,
                new LocalTraining(1, 0, 0.1, 0, 0, false), new Seed(1));
    }

    private static Task.Evaluate evaluate(String run) {
        return new Task.Evaluate(run, 1, DATA, Preprocessing.identity(SCHEMA), new ModelSpec.Linear(), MODEL);
    }

    /** Of three columns a sum each, and the rows: four releases. */
    private static Task.Statistics survey(Noise noise) {
        Asked sum = new Asked.Numbers(0, 1, 1, 0);
        return new Task.Statistics("s", DATA, new Question(List.of(sum, sum, sum), noise));
    }

    private static boolean answered(Gate gate, String id, Noise noise) {
        boolean allowed = !ask(gate, id, null, survey(noise)).isPresent();
        if (allowed) {
            gate.leaves(id, new Report.Summed(new long[4]), content(id));
        }
        return allowed;
    }

    private static Terms terms(int rounds, double ownNoise, Promise... promise) {
        return new Terms("prices", rounds, true, 2, ownNoise, List.of(promise).stream().findFirst());
    }

    private static Optional<Report> ask(Gate gate, String id, Terms terms, Task task) {
        gate.given(id, Optional.ofNullable(terms));
        return gate.instead(task);
    }

    private static Sha256 content(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks, and answers if that is allowed. */
    private static boolean done(Gate gate, String id, Terms terms, Task task) {
        boolean allowed = !ask(gate, id, terms, task).isPresent();
        if (allowed) {
            gate.leaves(id, task instanceof Task.Fit ? UPDATE : new Report.Evaluated(Sums.NONE), content(id));
        }
        return allowed;
    }

    private List<LedgerRecord> records() {
        List<LedgerRecord> records = new ArrayList<>();
        LedgerFile.read(folder.resolve("ledger.jsonl"), records::add);
        return records;
    }

    // ---- what is charged

    @Test
    void noiseOfItsOwnIsChargedBeforeTheAnswerLeaves() {
        assertThat(done(gate(free()), "t1", null, fit("r", 1).protectedBy(NOISY))).isTrue();
        assertThat(records()).singleElement().satisfies(record -> {
            assertThat(record.entry().event()).as("replace one: half of 8").isEqualTo(new Gaussian(4));
            assertThat(record.entry().epsilon()).isEqualTo(Spending.none().plus(new Gaussian(4)).epsilon(1e-5));
            assertThat(record.entry().time()).isEqualTo(NOON);
        });
    }

    @Test
    void theSameAnswerSentAgainCostsNothingAndAnotherDoes() {
        Gate gate = gate(free());
        Task task = fit("r", 1).protectedBy(NOISY);
        done(gate, "t1", null, task);
        done(gate, "t1", null, task);
        assertThat(records()).hasSize(1);
        ask(gate, "t1", null, task);
        gate.leaves("t1", UPDATE, content("with new noise"));
        assertThat(records()).hasSize(2);
    }

    @Test
    void anAnswerThatWasKeptPassesOnlyIfItWasCharged() {
        Task task = fit("r", 1).protectedBy(NOISY);
        Gate gate = gate(free());
        done(gate, "t1", null, task);
        gate.given("t1", Optional.empty());
        assertThat(gate.passes("t1", task, content("t1"))).isTrue();
        assertThat(gate.passes("t1", task, content("never charged"))).isFalse();
        assertThat(gate.passes("t2", task, content("t1"))).isFalse();
        Gate changed = gate(requiring(new Required(1, 100, 1)));
        changed.given("t1", Optional.empty());
        assertThat(changed.passes("t1", task, content("t1"))).as("the owner has changed the policy").isFalse();
    }

    @Test
    void whatIsNoAnswerIsNotCharged() {
        Gate gate = gate(free());
        ask(gate, "t1", null, fit("r", 1));
        gate.leaves("t1", new Report.Failed("no"), content("no"));
        gate.leaves("t1", new Report.Refused("no"), content("no"));
        assertThat(records()).isEmpty();
    }

    @Test
    void anAnswerToWhatWasNotAskedDoesNotLeave() {
        Gate gate = gate(free());
        ask(gate, "t1", null, fit("r", 1));
        assertThatThrownBy(() -> gate.leaves("t2", UPDATE, content("t2"))).isInstanceOf(IllegalStateException.class);
        gate.given("t3", Optional.empty());
        assertThatThrownBy(() -> gate.leaves("t3", UPDATE, content("t3"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutAPolicyAllIsNotedAndNothingRefused() {
        Gate gate = new Gate(Consent.TO_ALL, Optional.empty(), ledger, approvals, Clock.systemUTC(),
                new PolicyListener() {});
        assertThat(done(gate, "t1", null, fit("r", 1))).isTrue();
        assertThat(records()).singleElement()
                .satisfies(record -> assertThat(record.entry().event()).isEqualTo(new NonPrivate()));
    }

    // ---- a coordinator that lies

    @Test
    void aTaskWithoutTheProtectionThatItsRunPromisedIsRefused() {
        Gate gate = gate(budget());
        assertThat(done(gate, "t0", terms(1, 8), new Task.Describe("r", DATA))).isTrue();
        assertThat(ask(gate, "t1", terms(1, 8), fit("r", 1))).get().isInstanceOf(Report.Refused.class);
        assertThat(told).last().asString().contains("without bound");
        Protection weak = new Protection(1, 0.5, false);
        assertThat(ask(gate, "t2", terms(1, 8), fit("r", 1).protectedBy(weak))).isPresent();
        assertThat(ask(gate, "t3", terms(1, 8), fit("r", 1).protectedBy(new Protection(1, 0, false))))
                .as("clipped alone").isPresent();
    }

    @Test
    void aShareOfNoiseIsNoNoiseOfItsOwn() {
        Protection share = new Protection(1, 8, false,
                Optional.of(new Protection.Quantised(IntegerNoise.SKELLAM, 16, 0.01, new Seed(1))));
        assertThat(done(gate(budget(), true), "t1", terms(1, 8), fit("r", 1).protectedBy(share))).isFalse();
        assertThat(refusal(ask(gate(requiring(new Required(1, 5, 1))), "t2", terms(1, 8),
                fit("r", 1).protectedBy(share)))).contains("finds 0.0");
    }

    @Test
    void noiseThatTheCoordinatorPromisesCountsOnlyIfItIsTrusted() {
        Terms promise = terms(10, 0, new Promise(40, new Chance.None()));
        Task task = fit("r", 1).protectedBy(new Protection(1, 0, false));
        assertThat(done(gate(budget()), "t1", promise, task)).isFalse();
        assertThat(done(gate(budget(), true), "t2", promise, task)).isTrue();
        assertThat(done(gate(budget(), true), "t3", promise, fit("r", 2))).as("no clip, so no bound").isFalse();
    }

    @Test
    void aPromiseIsChargedOnceForAllRoundsAndNotBeyond() {
        Terms promise = terms(2, 0, new Promise(20, new Chance.Coins(0.5)));
        Gate gate = gate(budget(), true);
        Protection clipped = new Protection(1, 0, false);
        assertThat(done(gate, "t1", promise, fit("r", 1).protectedBy(clipped))).isTrue();
        double first = records().get(0).entry().epsilon();
        assertThat(done(gate, "t2", promise, fit("r", 2).protectedBy(clipped))).isTrue();
        assertThat(records().get(1).entry().epsilon()).isEqualTo(first);
        assertThat(done(gate, "t3", promise, fit("r", 3).protectedBy(clipped))).as("of two rounds").isFalse();
        Terms other = terms(2, 0, new Promise(15, new Chance.Coins(0.5)));
        assertThat(done(gate, "t4", other, fit("r", 2).protectedBy(clipped))).isTrue();
        assertThat(records().get(2).entry().epsilon()).as("another promise is charged anew").isGreaterThan(first);
    }

    @Test
    void noiseOfNoSizeThatNumbersCanHoldIsNone() {
        Gate gate = gate(budget());
        for (double deviation : new double[]{Double.MIN_VALUE, 1e-200, 0.9e-3}) {
            assertThat(ask(gate, "t", null, fit("r", 1).protectedBy(new Protection(1, deviation, false))))
                    .as("deviation " + deviation).isPresent();
            assertThat(told).last().asString().contains("without bound");
        }
        assertThat(done(gate, "t1", null, fit("r", 1).protectedBy(new Protection(Double.MIN_VALUE, 1e300, false))))
                .isTrue();
        assertThat(records().get(0).entry().epsilon()).isBetween(0.0, 1e-3);
    }

    // ---- the budget

    @Test
    void aBudgetLastsOverRunsAndRestarts() throws IOException {
        int rounds = 0;
        for (int run = 1; run <= 5; run++) {
            for (int round = 1; round <= 5; round++) {
                rounds += done(gate(budget()), "t" + run + "-" + round, null,
                        fit("r" + run, round).protectedBy(NOISY)) ? 1 : 0;
            }
            ledger.close();
            open();
        }
        Spending spent = Spending.none();
        int affordable = 0;
        while (spent.plus(new Gaussian(4)).epsilon(1e-5) <= BUDGET.epsilon()) {
            spent = spent.plus(new Gaussian(4));
            affordable++;
        }
        assertThat(rounds).isEqualTo(affordable).isBetween(1, 24);
        assertThat(ledger.spending("rows").epsilon(1e-5)).isEqualTo(spent.epsilon(1e-5));
        assertThat(told).last().asString().contains("epsilon 1 (delta 1.0E-5)", "is spent");
    }

    @Test
    void aRunThatWillExceedTheBudgetIsRefusedAtItsFirstTask() {
        Report refused = ask(gate(budget()), "t1", terms(1000, 8), new Task.Describe("r", DATA)).get();
        assertThat(refused).isInstanceOf(Report.Refused.class);
        assertThat(((Report.Refused) refused).reason()).as("nothing of other runs").contains("privacy budget")
                .doesNotContain("epsilon");
        assertThat(told).last().asString().contains("all of this run");
        assertThat(ask(gate(budget()), "t2", terms(1000, 0), new Task.Describe("r", DATA)))
                .as("no noise at all").isPresent();
        assertThat(ask(gate(budget()), "t3", new Terms("", 1000, false, 2, 8, Optional.empty()),
                new Task.Describe("r", DATA))).as("it may not be asked each time").isEmpty();
    }

    @Test
    void whatNoNoiseProtectsIsChargedUnlessItIsExempt() {
        DataSpec standardised = new DataSpec("rows", SCHEMA, new HoldOut.None(), true);
        Task statistics = new Task.Describe("r", standardised);
        assertThat(ask(gate(budget()), "t1", terms(1, 8), statistics)).get().isInstanceOf(Report.Refused.class);
        assertThat(ask(gate(budget(Told.STATISTICS)), "t2", terms(1, 8), statistics)).isEmpty();
        assertThat(ask(gate(budget()), "t3", terms(1, 8), evaluate("r"))).as("of this question alone").get()
                .isInstanceOf(Report.Failed.class);
        assertThat(done(gate(budget(Told.EVALUATION)), "t4", terms(1, 8), evaluate("r"))).isTrue();
        assertThat(records()).singleElement().satisfies(record -> {
            assertThat(record.entry().told()).isEqualTo(Told.EVALUATION);
            assertThat(record.entry().epsilon()).isZero();
        });
    }

    // ---- surveys

    @Test
    void noiseThatHidesAllRowsOfAnAnswerIsChargedEachTime() {
        Noise noise = new Noise(By.CLIENTS, 40, 100);
        assertThat(answered(gate(budget()), "t1", noise)).isTrue();
        assertThat(answered(gate(budget()), "t2", noise)).isTrue();
        assertThat(records()).hasSize(2).allSatisfy(record -> {
            assertThat(record.entry().told()).isEqualTo(Told.STATISTICS);
            assertThat(record.entry().event()).as("replace one: half of 40")
                    .isEqualTo(new Composed(List.of(new SelfComposed(new Gaussian(20), 4))));
        });
        assertThat(records().get(1).entry().epsilon())
                .isEqualTo(Spending.none().plus(new SelfComposed(new Gaussian(20), 8)).epsilon(BUDGET.delta()));
        assertThat(answered(gate(budget()), "t3", new Noise(By.CLIENTS, 1, 100))).as("too little noise").isFalse();
    }

    @Test
    void anAnswerThatHidesSingleRowsOrNoneCostsEverythingWhateverIsExempt() {
        for (Noise noise : List.of(Noise.NONE, new Noise(By.CLIENTS, 40, 0), new Noise(By.COORDINATOR, 40, 100))) {
            assertThat(answered(gate(budget(Told.EVALUATION, Told.STATISTICS), true), "t", noise)).as("%s", noise)
                    .isFalse();
            assertThat(told).last().asString().contains("sums over columns", "without bound");
        }
        assertThat(answered(gate(free()), "t", Noise.NONE)).isTrue();
        assertThat(records()).singleElement()
                .satisfies(record -> assertThat(record.entry().event()).isEqualTo(new NonPrivate()));
    }

    @Test
    void whatIsRequiredOfUpdatesIsRequiredOfAnswersToo() {
        Gate gate = gate(requiring(new Required(1, 5, 1)));
        assertThat(answered(gate, "t1", new Noise(By.CLIENTS, 5, 100))).isTrue();
        assertThat(refusal(ask(gate, "t2", null, survey(new Noise(By.CLIENTS, 4, 100))))).contains("finds 4.0");
        assertThat(refusal(ask(gate, "t3", null, survey(Noise.NONE)))).contains("finds 0.0");
    }

    @Test
    void aDecisionOnASurveyHoldsForItsQuestion() {
        Gate gate = gate(new DataPolicy(List.of(), Optional.empty(), Approval.ASK, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of()));
        assertThat(answered(gate, "t", new Noise(By.CLIENTS, 40, 100))).isFalse();
        Approvals.Question question = approvals.questions().get(0);
        assertThat(question.text()).contains("statistics of the columns x, z, y",
                "this node adds noise, multiplier 40");
        approvals.decide(question, true, NOON);
        assertThat(answered(gate, "t", new Noise(By.CLIENTS, 40, 100))).isTrue();
        assertThat(answered(gate, "t", Noise.NONE)).as("not what was asked").isFalse();
    }

    // ---- the rest of the policy

    private static String refusal(Optional<Report> answer) {
        return ((Report.Refused) answer.get()).reason();
    }

    @Test
    void onlyWhatIsAllowedIsDone() {
        Task task = fit("r", 3);
        assertThat(refusal(ask(gate(new Policy(List.of(), false, Optional.empty(), Map.of())), "t", null, task)))
                .contains("no rule for the data set rows");
        DataPolicy columns = new DataPolicy(List.of(), Optional.of(Set.of("x", "y")), Approval.GIVEN,
                Required.NOTHING, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of());
        assertThat(refusal(ask(gate(columns), "t", null, task))).endsWith("does not let runs read z");
        DataPolicy purposes = new DataPolicy(List.of("price*", "*(audit)*"), Optional.empty(), Approval.GIVEN,
                Required.NOTHING, OptionalInt.of(5), OptionalInt.empty(), Optional.empty(), Set.of());
        assertThat(refusal(ask(gate(purposes), "t", null, task))).contains("a run that tells none");
        assertThat(ask(gate(purposes), "t", terms(5, 0), task)).isEmpty();
        assertThat(refusal(ask(gate(purposes), "t", terms(6, 0), task))).contains("at most 5 rounds");
        assertThat(refusal(ask(gate(purposes), "t", terms(5, 0), fit("r", 6)))).contains("at most 5 rounds");
    }

    @Test
    void lessProtectionThanIsRequiredIsRefused() {
        Gate gate = gate(requiring(new Required(1, 5, 3)));
        Terms three = new Terms("", 5, true, 3, 8, Optional.empty());
        assertThat(ask(gate, "t", three, fit("r", 1).protectedBy(NOISY))).isEmpty();
        assertThat(refusal(ask(gate, "t", terms(5, 8), fit("r", 1).protectedBy(NOISY)))).contains("at least 3 updates");
        assertThat(refusal(ask(gate, "t", null, fit("r", 1).protectedBy(NOISY)))).contains("at least 3 updates");
        assertThat(refusal(ask(gate, "t", three, fit("r", 1)))).contains("clips none");
        assertThat(refusal(ask(gate, "t", three, fit("r", 1).protectedBy(new Protection(2, 16, false)))))
                .contains("clips to 2.0");
        assertThat(refusal(ask(gate, "t", three, fit("r", 1).protectedBy(new Protection(1, 4, false)))))
                .contains("finds 4.0");
        Terms promise = new Terms("", 5, true, 3, 0, Optional.of(new Promise(6, new Chance.None())));
        assertThat(refusal(ask(gate, "t", promise, fit("r", 1).protectedBy(new Protection(1, 0, false)))))
                .contains("that the node adds itself");
        assertThat(ask(gate(requiring(new Required(1, 5, 3)), true), "t", promise,
                fit("r", 1).protectedBy(new Protection(1, 0, false)))).isEmpty();
    }

    @Test
    void moreUpdatesThanAreAllowedInAllAreRefused() {
        Gate gate = gate(new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.of(2), Optional.empty(), Set.of()));
        assertThat(done(gate, "t1", null, fit("r", 1))).isTrue();
        assertThat(done(gate, "t2", null, fit("s", 1))).isTrue();
        assertThat(done(gate, "t3", null, fit("r", 2))).isFalse();
    }

    @Test
    void outsideOfItsHoursTheAnswerIsPutOff() {
        Hours night = new Hours(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC"));
        Gate gate = gate(new Policy(List.of(), false, Optional.of(night), Map.of("rows", free())));
        assertThat(ask(gate, "t", null, fit("r", 1))).contains(
                new Report.Failed("not now: its owner lets tasks be done from 22:00 to 06:00 (UTC)", true));
        assertThat(night.contains(Instant.parse("2026-01-02T22:00:00Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-01-02T05:59:59Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-01-02T06:00:00Z"))).isFalse();
        Hours zoned = new Hours(LocalTime.of(13, 0), LocalTime.of(14, 0), ZoneId.of("Europe/Berlin"));
        assertThat(zoned.contains(NOON)).isTrue();
        assertThat(zoned.contains(NOON.minusSeconds(1))).isFalse();
    }

    @Test
    void aRunWaitsForAPersonAndADecisionHoldsForWhatWasAsked() {
        Gate gate = gate(new DataPolicy(List.of(), Optional.empty(), Approval.ASK, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of()));
        Report waits = ask(gate, "t", terms(5, 8), fit("r", 1)).get();
        assertThat(((Report.Failed) waits).postponed()).isTrue();
        assertThat(told).last().asString().contains("hansa node approve r");
        Approvals.Question question = approvals.questions().get(0);
        assertThat(question.text()).contains("x, z to predict y", "prices", "5 rounds", "multiplier 8.0");
        approvals.decide(question, true, NOON);
        assertThat(ask(gate, "t", terms(5, 8), fit("r", 1))).isEmpty();
        assertThat(ask(gate, "t", terms(6, 8), fit("r", 1))).as("not what was asked").isPresent();
        approvals.decide(approvals.questions().get(0), false, NOON);
        assertThat(refusal(ask(gate, "t", terms(6, 8), fit("r", 1)))).contains("said no");
        assertThat(((Report.Failed) ask(gate, "t", terms(5, 8), fit("s", 1)).get()).postponed()).isTrue();
    }

    @Test
    void aPolicyNamesItsCoordinators() {
        String fingerprint = "ab".repeat(32);
        Policy policy = new Policy(List.of("https://example.org:8443", fingerprint), false, Optional.empty(), Map.of());
        assertThat(policy.objection("https://example.org:8443", "cd".repeat(32))).isEmpty();
        assertThat(policy.objection("https://elsewhere:1", fingerprint)).isEmpty();
        assertThat(policy.objection("https://elsewhere:1", "cd".repeat(32))).get().asString()
                .contains("https://elsewhere:1", "https://example.org:8443");
    }
}
