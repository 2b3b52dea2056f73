package dev.hansa.client.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.client.ledger.Unit;
import dev.hansa.client.policy.DataPolicy.Approval;
import dev.hansa.client.policy.DataPolicy.Budget;
import dev.hansa.client.policy.DataPolicy.Required;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Protection.Quantised;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.core.protocol.Terms.Chance;
import dev.hansa.core.protocol.Terms.Promise;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** No numbers of a coordinator's end a node, keep it busy for ever, or get around its budget. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExtremeTasksTest extends GateFixture {
    private static final int MOST = Integer.MAX_VALUE;

    private static DataPolicy asking(Unit unit, Approval approval) {
        return new DataPolicy(List.of(), Optional.empty(), approval, unit, Required.NOTHING, OptionalInt.empty(),
                OptionalInt.empty(), Optional.of(new Budget(5, 1e-5)), Set.of());
    }

    private static Task.Fit quantised(IntegerNoise kind, double clip, double deviation, double granularity) {
        return fit("r", 1).protectedBy(new Protection(clip, deviation, false,
                Optional.of(new Quantised(kind, 16, granularity, new Seed(1)))));
    }

    @ParameterizedTest
    @EnumSource(IntegerNoise.class)
    void absurdSharesOfNoiseAreNotPaidFor(IntegerNoise kind) {
        Gate gate = gate(budget());
        for (Task.Fit task : List.of(quantised(kind, 1e308, 1e308, 1), quantised(kind, 1, 1, 1e-200),
                quantised(kind, 1e300, 1e299, 1e-300), quantised(kind, 1, 1, 1e300))) {
            assertThat(ask(gate, "t", terms(1, 1), task)).get().isInstanceOf(Report.Refused.class);
        }
    }

    @Test
    void whatIsToldNeverthelessIsRecordedAsUnbounded() {
        Gate gate = gate(free());

        assertThat(done(gate, "t", terms(1, 1), quantised(IntegerNoise.SKELLAM, 1e308, 1e308, 1))).isTrue();
        assertThat(records().get(0).entry().epsilon()).isInfinite();
    }

    @Test
    void theSharesOfMoreNodesThanThereCanBeAreCounted() {
        Terms terms = new Terms("prices", 1, true, MOST, 0.5, Optional.empty());

        assertThat(ask(gate(budget(), Trust.EVERYBODY), "t", terms,
                quantised(IntegerNoise.DISCRETE_GAUSSIAN, 1, 0.5, 1e-2))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1000000, 0.5, 2147483647", "1000000, 1e-12, 1000000", "1, 1e-300, 1000000", "0.25, 0.5, 1000000"})
    void stepsThatNobodyCanCountAreToldOfAsSuch(double noise, double rate, int steps) {
        Terms terms = new Terms("prices", MOST, true, 1, 0, Optional.empty(),
                Optional.of(new Terms.Rows(noise, rate, steps)));
        Gate gate = gate(new DataPolicy(List.of(), Optional.empty(), Approval.ASK, Unit.ROW, Required.NOTHING,
                OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of()));

        ask(gate, "t", terms, new Task.Describe("r", DATA));

        assertThat(approvals.questions()).singleElement().asString().contains("epsilon");
        Task.Fit plain = fit("f", 1);
        Task.Fit hiding = new Task.Fit("f", 1, DATA, plain.preprocessing(), plain.model(), plain.parameters(),
                new LocalTraining(1, 0, 0.1, 0, 0, false).withSteps(Math.min(steps, 1000000))
                        .withPrivacy(new ExamplePrivacy(1, noise, rate, 1e-6)),
                plain.seed());
        assertThat(ask(gate(asking(Unit.ROW, Approval.GIVEN)), "t", terms, hiding)).isPresent();
    }

    @Test
    void promisesOfHardlyAnyNoiseAreNotBelieved() {
        for (Chance chance : List.of(new Chance.Coins(0.5), new Chance.FixedSize(10, 9),
                new Chance.FixedSize(MOST, 1))) {
            assertThat(ask(gate(budget(), true), "t", terms(10, 0, new Promise(0.001, chance)),
                    fit("r", 1).protectedBy(new Protection(1, 0, false)))).isPresent();
        }
    }
}
