package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.client.Consent;
import dev.hansa.core.data.Bounds;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import dev.hansa.core.question.Noise;
import dev.hansa.core.question.Noise.By;
import dev.hansa.core.question.Standardising;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a run says of itself, and what a person has approved, is what its tasks do. */
class KeptWordTest extends GateFixture {

    private Gate withoutPolicy() {
        return new Gate(Consent.TO_ALL, Optional.empty(), ledger, approvals, Clock.fixed(NOON, ZoneOffset.UTC),
                SignedFiles.NONE, new PolicyListener() {});
    }

    private Gate asking() {
        return gate(new DataPolicy(List.of(), Optional.empty(), Approval.ASK, Unit.DATA_SET, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of()));
    }

    private Approvals.Question question() {
        return approvals.questions().get(0);
    }

    // ---- the word of a run

    @Test
    void noiseOfTheNodesOwnIsWhatTheRunSaidWithAPolicyAndWithout() {
        for (Gate gate : List.of(withoutPolicy(), gate(free()))) {
            assertThat(refusal(ask(gate, "t", terms(2, 8), fit("r", 1)))).isEqualTo(
                    "the run said that this node adds noise, multiplier 8.0, and the task asks for none");
            assertThat(refusal(ask(gate, "t", terms(2, 8), fit("r", 1).protectedBy(new Protection(2, 8, false)))))
                    .contains("a multiplier of 4.0");
            assertThat(refusal(ask(gate, "t", terms(2, 8), fit("r", 1).shownToOthers()))).contains("asks for none");
            assertThat(ask(gate, "t", terms(2, 8), fit("r", 1).protectedBy(NOISY))).isEmpty();
            assertThat(ask(gate, "t", null, fit("r", 1))).as("it tells nothing of itself").isEmpty();
            assertThat(ask(gate, "t", terms(2, 0), fit("r", 1))).as("it says that there is none").isEmpty();
        }
    }

    @Test
    void noiseThatWasDividedByAClipAndMultipliedAgainIsTheSame() {
        for (double clip : new double[]{0.1, 0.3, 0.7, 1e-3, 3e5}) {
            for (double noise : new double[]{0.1, 0.3, 1.1, 7.7}) {
                Protection local = new Protection(clip, noise * clip, false);
                assertThat(ask(withoutPolicy(), "t", terms(2, noise), fit("r", 1).protectedBy(local))).isEmpty();
            }
        }
        Protection share = new Protection(0.7, 0.3, false,
                Optional.of(new Protection.Quantised(IntegerNoise.SKELLAM, 20, 0.001, new Seed(1))));
        assertThat(ask(withoutPolicy(), "t", terms(2, 0.3 / 0.7), fit("r", 1).protectedBy(share))).isEmpty();
        assertThat(ask(withoutPolicy(), "t", terms(2, 0.5), fit("r", 1).protectedBy(share))).isPresent();
    }

    @Test
    void noiseOnSumsThatTheCoordinatorPromisesIsNoneWithoutAClip() {
        Terms promise = terms(2, 0, new Promise(8, new Chance.None()));
        assertThat(refusal(ask(withoutPolicy(), "t", promise, fit("r", 1)))).contains("clipped updates", "clips none");
        assertThat(ask(withoutPolicy(), "t", promise, fit("r", 1).protectedBy(new Protection(1, 0, true)))).isEmpty();
    }

    private static Task.Fit hidingRows(double noise, double sampling, int steps) {
        Task.Fit plain = fit("r", 1);
        return new Task.Fit("r", 1, DATA, plain.preprocessing(), plain.model(), plain.parameters(),
                new LocalTraining(1, 0, 0.1, 0, 0, false).withSteps(steps)
                        .withPrivacy(new ExamplePrivacy(1, noise, sampling, 1e-6)),
                plain.seed());
    }

    @Test
    void noiseInEachStepIsWhatTheRunSaid() {
        Terms said = new Terms("", 2, true, 2, 0, Optional.empty(), Optional.of(new Terms.Rows(2, 0.05, 10)));
        assertThat(ask(withoutPolicy(), "t", said, hidingRows(2, 0.05, 10))).isEmpty();
        assertThat(refusal(ask(withoutPolicy(), "t", said, fit("r", 1)))).contains("multiplier 2.0", "hides none");
        for (Task.Fit less : List.of(hidingRows(1.9, 0.05, 10), hidingRows(2, 0.06, 10), hidingRows(2, 0.05, 11))) {
            assertThat(refusal(ask(withoutPolicy(), "t", said, less))).contains("each of 10 steps", "asks for");
        }
        assertThat(ask(withoutPolicy(), "t", terms(2, 0), hidingRows(2, 0.05, 10)))
                .as("older coordinators do not tell of it").isEmpty();
    }

    @Test
    void noiseOfASurveyAndTheNumberOfRoundsAreWhatWasSaid() {
        assertThat(refusal(ask(withoutPolicy(), "t", terms(1, 40), survey(Noise.NONE)))).contains("asks for none");
        assertThat(ask(withoutPolicy(), "t", terms(1, 40), survey(new Noise(By.CLIENTS, 40, 100)))).isEmpty();
        assertThat(refusal(ask(withoutPolicy(), "t", terms(2, 0), fit("r", 3))))
                .contains("at most 2 rounds, and the task is of round 3");
    }

    // ---- what a person has approved

    private static Task describe(double noise) {
        Bounds bounds = new Bounds(0, 1);
        return new Task.Describe("r", new DataSpec("rows", SCHEMA, new HoldOut.None(), true),
                noise == 0 ? Optional.empty()
                        : Optional.of(new Standardising(new TreeMap<>(Map.of("x", bounds, "y", bounds, "z", bounds)),
                                false, noise, true)),
                new Seed(1));
    }

    @Test
    void sumsOverColumnsAreApprovedWithTheNoiseThatWasShown() {
        Gate gate = asking();
        assertThat(ask(gate, "t", terms(2, 0), describe(40))).isPresent();
        assertThat(question().text()).contains("sums over columns with noise of this node, multiplier 40");
        approvals.decide(question(), true, NOON);
        assertThat(ask(gate, "t", terms(2, 0), describe(40))).isEmpty();
        assertThat(ask(gate, "t", terms(2, 0), describe(39))).isPresent();
        assertThat(ask(gate, "t", terms(2, 0), describe(0))).isPresent();
        assertThat(question().text()).contains("sums over columns of numbers as they are");
        assertThat(approvals.decision(question())).isEqualTo(Approvals.Decision.NONE);
        assertThat(ask(gate, "t", terms(2, 0), standardisedFit())).as("the run goes on meanwhile").isEmpty();
        approvals.decide(question(), false, NOON);
        assertThat(refusal(ask(gate, "t", terms(2, 0), describe(40)))).as("no is no to the run").contains("said no");
        assertThat(refusal(ask(gate, "t", terms(2, 0), standardisedFit()))).contains("said no");
    }

    private static Task.Fit standardisedFit() {
        Task.Fit plain = fit("r", 1);
        return new Task.Fit("r", 1, describe(0).data(), plain.preprocessing(), plain.model(), plain.parameters(),
                plain.training(), plain.seed());
    }

    private static Task.Fit reading(Column... features) {
        Schema schema = new Schema(List.of(features), new Column.Number("y", ""));
        Task.Fit plain = fit("r", 1);
        return new Task.Fit("r", 1, new DataSpec("rows", schema, new HoldOut.None(), false),
                Preprocessing.identity(schema), plain.model(), plain.parameters(), plain.training(), plain.seed());
    }

    /** An owner is shown names of columns, and neither units nor categories. */
    @Test
    void columnsThatWereNotShownAreNotApprovedByWhatAnotherSays() {
        Gate gate = asking();
        Task.Fit shown = reading(new Column.Number("x", "], Number[name=income, unit="));
        Task.Fit more = reading(new Column.Number("x", ""), new Column.Number("income", ""));
        assertThat(more.data()).hasToString(shown.data().toString());
        assertThat(ask(gate, "t", terms(2, 0), shown)).isPresent();
        approvals.decide(question(), true, NOON);
        assertThat(ask(gate, "t", terms(2, 0), shown)).isEmpty();
        assertThat(ask(gate, "t", terms(2, 0), more)).isPresent();
        assertThat(question().text()).contains("columns x, income to predict y");
    }

    @Test
    void thatOthersSeeAModelOfTheseRowsAloneIsAskedForItself() {
        Gate gate = asking();
        assertThat(ask(gate, "t", terms(2, 0), fit("r", 1))).isPresent();
        approvals.decide(question(), true, NOON);
        assertThat(ask(gate, "t", terms(2, 0), fit("r", 1))).isEmpty();
        assertThat(ask(gate, "t", terms(2, 0), fit("r", 2).shownToOthers())).isPresent();
        assertThat(question().text()).contains("other nodes see a model");
        approvals.decide(question(), true, NOON);
        assertThat(ask(gate, "t", terms(2, 0), fit("r", 2).shownToOthers())).isEmpty();
        assertThat(ask(gate, "t", terms(2, 0), fit("r", 2))).as("what was approved before").isEmpty();
    }

    @Test
    void whoIsAskedAboutMoreOfARunIsNotAskedAnewAboutLess() {
        Gate gate = asking();
        assertThat(ask(gate, "t", terms(2, 0), describe(40))).isPresent();
        assertThat(ask(gate, "t", terms(2, 0), standardisedFit())).isPresent();
        assertThat(question().part()).as("the first question stays").isPresent();
        approvals.decide(question(), true, NOON);
        assertThat(ask(gate, "t", terms(2, 0), standardisedFit())).isEmpty();
    }
}
