package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.ledger.Spending;
import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.NonPrivate;
import dev.hansa.core.privacy.event.SelfComposed;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurveyAtTheGateTest extends GateFixture {
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
            assertThat(told).last().asString().contains("sums over columns", "without bound, for "
                    + (noise.by() == By.CLIENTS
                            ? "its noise hides single rows, and this budget counts all rows together"
                            : "no noise protects it"));
        }
        assertThat(answered(gate(free()), "t", Noise.NONE)).isTrue();
        assertThat(records()).singleElement()
                .satisfies(record -> assertThat(record.entry().event()).isEqualTo(new NonPrivate()));
    }

    @Test
    void whatIsRequiredOfUpdatesIsRequiredOfAnswersToo() {
        Gate gate = gate(requiring(new Required(1, 5, 1)));
        assertThat(answered(gate, "t1", new Noise(By.CLIENTS, 5, 100))).isTrue();
        assertThat(refusal(ask(gate, "t2", null, survey(new Noise(By.CLIENTS, 4, 100))))).contains("finds 4");
        assertThat(refusal(ask(gate, "t3", null, survey(Noise.NONE)))).endsWith("finds none");
        assertThat(refusal(ask(gate, "t4", null, survey(new Noise(By.CLIENTS, 9, 0)))))
                .contains("finds none: its noise hides single rows alone", "unit: dataSet");
        assertThat(refusal(ask(gate, "t5", null, survey(new Noise(By.COORDINATOR, 9, 100)))))
                .contains("finds none: the coordinator is to add it");
    }

    @Test
    void aDecisionOnASurveyHoldsForItsQuestion() {
        Gate gate = gate(new DataPolicy(List.of(), Optional.empty(), Approval.ASK, Unit.DATA_SET, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of()));
        assertThat(answered(gate, "t", new Noise(By.CLIENTS, 40, 100))).isFalse();
        Approvals.Question question = approvals.questions().get(0);
        assertThat(question.text()).contains("statistics of the columns x, z, y",
                "this node adds noise, multiplier 40");
        approvals.decide(question, true, NOON);
        assertThat(answered(gate, "t", new Noise(By.CLIENTS, 40, 100))).isTrue();
        assertThat(answered(gate, "t", Noise.NONE)).as("not what was asked").isFalse();
    }

    @Test
    void aSurveySaysWhatForAndOfHowManyAndIsHeldAgainstThat() {
        DataPolicy rules = new DataPolicy(List.of("pension*"), Optional.empty(), Approval.GIVEN, Unit.DATA_SET,
                new Required(Double.POSITIVE_INFINITY, 0, 3), OptionalInt.empty(), OptionalInt.empty(),
                Optional.empty(),
                Set.of());
        Task task = survey(Noise.NONE);
        assertThat(ask(gate(rules), "t", new Terms("pensions", 1, true, 3, 0, Optional.empty()), task)).isEmpty();
        assertThat(refusal(ask(gate(rules), "t", new Terms("", 1, true, 3, 0, Optional.empty()), task)))
                .contains("a run that tells none");
        assertThat(refusal(ask(gate(rules), "t", new Terms("pensions", 1, true, 2, 0, Optional.empty()), task)))
                .contains("at least 3 answers (minimum.nodes)");
    }

    @Test
    void aSurveyIsPutOffOutsideOfTheHours() {
        Hours night = new Hours(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC"));
        Gate gate = gate(new Policy(List.of(), Set.of(), Trust.NOBODY, Optional.of(night), Map.of("rows", free())));
        assertThat(((Report.Failed) ask(gate, "t", null, survey(Noise.NONE)).get()).postponed()).isTrue();
    }
}
