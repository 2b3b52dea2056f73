package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Rounds in which a client has done less than it was asked for. */
class PartialWorkTest extends RunLoopFixture {
    private static final Duration DEADLINE = Duration.ofSeconds(9);
    private static final RunSpec PLAIN = spec(1, 2, 1, 1, StopRule.NEVER);

    private static RunSpec spec(boolean partialWork) {
        return with(PLAIN.strategy(), partialWork);
    }

    private static RunSpec with(Strategy strategy, boolean partialWork) {
        return new RunSpec(PLAIN.name(), PLAIN.purpose(), PLAIN.data(), PLAIN.model(), strategy, 1,
                new Cohort(2, OptionalInt.empty(), 1, 1, DEADLINE, partialWork), 1, PLAIN.stop(), PLAIN.seed());
    }

    /** Does so much, and ten times what others make of it. */
    private static Function<Task, Optional<Report>> doing(double share) {
        return task -> {
            if (task instanceof Task.Fit fit) {
                ModelUpdate all = ((Report.Fitted) ScriptedFleet.obey(fit)).update();
                Parameters tenfold = Parameters.load(all.difference()).times(10);
                return Optional.of(new Report.Fitted(new ModelUpdate(tenfold, 1, all.sums(), share)));
            }
            return Optional.of(ScriptedFleet.obey(task));
        };
    }

    @Test
    void whereItIsOfUseItCountsAndIsRecorded() throws InterruptedException {
        run(spec(true), new ScriptedFleet().with("a").with("b", doing(0.25)));

        assertThat(end().state().parameters().toArray()).as("the mean of 1 and 10").containsOnly(5.5f);
        RoundRecord record = end().history().get(0);
        assertThat(record.updates()).isEqualTo(2);
        assertThat(record.partialUpdates()).isEqualTo(1);
        assertThat(record.clients().get("a").partial()).isEmpty();
        assertThat(record.clients().get("b").partial()).isEqualTo(OptionalDouble.of(0.25));
        assertThat(record.clients().get("b").evaluation()).as("which comes later and keeps it")
                .isNotEqualTo(Metrics.NONE);
        assertThat(events(RunEvent.UpdateDiscarded.class)).isEmpty();
    }

    @Test
    void whereItIsOfNoUseItIsDiscardedByName() throws InterruptedException {
        run(spec(false), new ScriptedFleet().with("a").with("b", doing(0.25)));

        assertThat(end().state().parameters().toArray()).containsOnly(1);
        assertThat(end().history().get(0).updates()).isEqualTo(1);
        assertThat(end().history().get(0).partialUpdates()).isZero();
        assertThat(events(RunEvent.UpdateDiscarded.class)).containsExactly(new RunEvent.UpdateDiscarded(1, "b",
                "25.0 % of the training was done, and this run discards partial work (cohort.partialWork)"));
    }

    @Test
    void clientsAreToldTheTimeOnlyWherePartialWorkIsOfUse() throws InterruptedException {
        for (boolean partialWork : List.of(true, false)) {
            ScriptedFleet fleet = new ScriptedFleet().with("a", "b");
            new RunLoop("run " + partialWork, spec(partialWork), fleet, store, Clock.systemUTC()).run();

            assertThat(fleet.asked()).filteredOn(Task.Fit.class::isInstance).hasSize(2)
                    .allSatisfy(task -> assertThat(((Task.Fit) task).timeLeft())
                            .isEqualTo(partialWork ? Optional.of(DEADLINE) : Optional.empty()));
        }
    }

    @Test
    void aStrategyThatCannotUseItIsNotGivenIt() {
        Strategy exact = new Strategy() {
            @Override
            public ServerState start(Parameters initial) {
                return PLAIN.strategy().start(initial);
            }

            @Override
            public RoundPlan plan(ServerState state) {
                return PLAIN.strategy().plan(state);
            }

            @Override
            public ServerState step(ServerState state, Aggregate aggregate) {
                return PLAIN.strategy().step(state, aggregate);
            }
        };

        assertThat(with(exact, false).strategy()).isSameAs(exact);
        assertThatIllegalArgumentException().isThrownBy(() -> with(exact, true)).withMessageContaining("partial work");
    }

    @Test
    void aShareIsAboveNothingAndAtMostAll() {
        ModelUpdate whole = ((Report.Fitted) doing(1).apply(fit()).orElseThrow()).update();
        assertThat(whole.isPartial()).isFalse();
        for (double share : new double[]{0, -0.5, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> doing(share).apply(fit()));
        }
    }

    private static Task fit() {
        return new Task.Fit("run", 1, PLAIN.data(), Preprocessing.identity(PLAIN.data().schema()),
                PLAIN.model(), Parameters.zeros(Layout.of()),
                new LocalTraining(1, 0, 0.1, 0, 0, false), PLAIN.seed());
    }
}
