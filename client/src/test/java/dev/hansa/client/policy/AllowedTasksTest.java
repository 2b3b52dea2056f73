package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedTasksTest extends GateFixture {
    @Test
    void onlyWhatIsAllowedIsDone() {
        Task task = fit("r", 3);
        assertThat(
                refusal(ask(gate(new Policy(List.of(), Set.of(), Trust.NOBODY, Optional.empty(), Map.of())), "t", null,
                        task)))
                .contains("no rule for the data set rows");
        DataPolicy columns = new DataPolicy(List.of(), Optional.of(Set.of("x", "y")), Approval.GIVEN, Unit.DATA_SET,
                Required.NOTHING, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of());
        assertThat(refusal(ask(gate(columns), "t", null, task))).endsWith("does not let runs read z");
        DataPolicy purposes =
                new DataPolicy(List.of("price*", "*(audit)*"), Optional.empty(), Approval.GIVEN, Unit.DATA_SET,
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
        Terms quiet = new Terms("", 5, true, 3, 0, Optional.empty());
        assertThat(refusal(ask(gate, "t", quiet, fit("r", 1)))).contains("clips none");
        assertThat(refusal(ask(gate, "t", three, fit("r", 1).protectedBy(new Protection(2, 16, false)))))
                .contains("clips to 2");
        assertThat(refusal(ask(gate, "t", quiet, fit("r", 1).protectedBy(new Protection(1, 4, false)))))
                .contains("finds 4");
        Terms promise = new Terms("", 5, true, 3, 0, Optional.of(new Promise(6, new Chance.None())));
        assertThat(refusal(ask(gate, "t", promise, fit("r", 1).protectedBy(new Protection(1, 0, false)))))
                .contains("that the node adds itself", "finds none: the coordinator promises noise");
        Terms rows = new Terms("", 5, true, 3, 0, Optional.empty(), Optional.of(new Terms.Rows(6, 0.1, 10)));
        assertThat(refusal(ask(gate, "t", rows, new Task.Describe("r", DATA))))
                .contains("finds none: its noise hides single rows alone", "unit: dataSet");
        assertThat(ask(gate(requiring(new Required(1, 5, 3)), true), "t", promise,
                fit("r", 1).protectedBy(new Protection(1, 0, false)))).isEmpty();
    }

    /** Whatever the run file says in cohort.minimumReports. */
    @Test
    void aSumThatMayBeOfOneIsRefusedWithItsReason() {
        Gate gate = gate(requiring(new Required(Double.POSITIVE_INFINITY, 0, 2)), true);
        Task task = new Task.Describe("r", DATA);
        String reason = "a round counts whatever comes";
        Terms rows = new Terms("", 5, true, 1, 0, Optional.empty(), Optional.of(new Terms.Rows(6, 0.1, 10)));
        Terms coins = new Terms("", 5, true, 1, 0, Optional.of(new Promise(6, new Chance.Coins(0.1))));
        for (Terms any : List.of(rows, coins, new Terms("", 5, true, 1, 8, Optional.empty()))) {
            assertThat(refusal(ask(gate, "t", any, task))).contains("at least 2 updates", reason);
        }
        Terms one = new Terms("", 5, true, 1, 0, Optional.empty());
        assertThat(refusal(ask(gate, "t", one, task))).contains("at least 2 updates").doesNotContain(reason);
        assertThat(ask(gate, "t", new Terms("", 5, true, 2, 0, Optional.empty()), task)).isEmpty();
    }

    @Test
    void roundsThatAreTriedAgainAndAgainAreRefused() {
        Gate gate = gate(new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Unit.DATA_SET, Required.NOTHING,
                OptionalInt.of(2), OptionalInt.empty(), Optional.empty(), Set.of()));
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(done(gate, "t" + attempt, terms(2, 0), fit("r", 1 + attempt / 3))).isTrue();
        }
        assertThat(refusal(ask(gate, "t5", terms(2, 0), fit("r", 2)))).contains("has had 4 updates");
        assertThat(done(gate, "t6", terms(2, 0), fit("s", 1))).as("another run").isTrue();
    }

    @Test
    void moreUpdatesThanAreAllowedInAllAreRefused() {
        Gate gate = gate(new DataPolicy(List.of(), Optional.empty(), Approval.GIVEN, Unit.DATA_SET, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.of(2), Optional.empty(), Set.of()));
        assertThat(done(gate, "t1", null, fit("r", 1))).isTrue();
        assertThat(done(gate, "t2", null, fit("s", 1))).isTrue();
        assertThat(done(gate, "t3", null, fit("r", 2))).isFalse();
    }

    @Test
    void outsideOfItsHoursTheAnswerIsPutOff() {
        Hours night = new Hours(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC"));
        Gate gate = gate(new Policy(List.of(), Set.of(), Trust.NOBODY, Optional.of(night), Map.of("rows", free())));
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
        Gate gate = gate(new DataPolicy(List.of(), Optional.empty(), Approval.ASK, Unit.DATA_SET, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of()));
        Task.Fit fit = fit("r", 1).protectedBy(NOISY);
        Report waits = ask(gate, "t", terms(5, 8), fit).get();
        assertThat(((Report.Failed) waits).postponed()).isTrue();
        assertThat(told).last().isEqualTo("r waits for its owner");
        Approvals.Question question = approvals.questions().get(0);
        assertThat(question.about()).containsKeys("purpose", "data", "rounds", "privacy", "cost");
        assertThat(question.text()).contains("x, z to predict y", "prices", "5 rounds", "multiplier 8");
        assertThat(question.latest()).isEqualTo(NOON);
        approvals.decide(question, true, NOON);
        assertThat(ask(gate, "t", terms(5, 8), fit)).isEmpty();
        assertThat(refusal(ask(gate, "t", terms(5, 8), fit("r", 1)))).as("without what was approved")
                .contains("the run said that this node adds noise, multiplier 8.0, and the task asks for none");
        assertThat(ask(gate, "t", terms(6, 8), fit)).as("not what was asked").isPresent();
        approvals.decide(approvals.questions().get(0), false, NOON);
        assertThat(refusal(ask(gate, "t", terms(6, 8), fit))).contains("said no");
        assertThat(approvals.question("r")).as("what was refused for good asks no more").isEmpty();
        assertThat(approvals.over("r")).get().extracting(Approvals.Over::why).asString().contains("said no");
        assertThat(((Report.Failed) ask(gate, "t", terms(5, 0), fit("s", 1)).get()).postponed()).isTrue();
    }

    @Test
    void aPolicyHasRulesForAllThatANodeServes() {
        Policy policy = new Policy(List.of(), Set.of(), Trust.NOBODY, Optional.empty(), Map.of("rows", free()));
        assertThat(policy.objection(Set.of("rows"))).isEmpty();
        assertThat(policy.objection(Set.of("rows", "cols", "cells"))).get().asString()
                .contains("rules for the data set rows", "serves the data sets cells, cols");
    }

    @Test
    void aPolicyNamesItsCoordinators() {
        String fingerprint = "ab".repeat(32);
        Policy policy =
                new Policy(List.of("https://example.org:8443", fingerprint), Set.of(), Trust.NOBODY, Optional.empty(),
                        Map.of());
        assertThat(policy.objection("https://example.org:8443", "cd".repeat(32))).isEmpty();
        assertThat(policy.objection("https://elsewhere:1", fingerprint)).isEmpty();
        assertThat(policy.objection("https://elsewhere:1", "cd".repeat(32))).get().asString()
                .contains("https://elsewhere:1", "https://example.org:8443");
    }
}
