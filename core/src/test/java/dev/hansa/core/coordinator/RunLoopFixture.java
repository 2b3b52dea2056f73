package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.Buffering.Mixing;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.core.strategy.Strategies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;

/** A loop over a store that writes down all events. A loop that hangs is a failure. */
@Timeout(20)
abstract class RunLoopFixture {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")),
            new Column.Category("y", "", List.of("no", "yes")));
    final List<RunEvent> events = new ArrayList<>();
    final MemoryStore store = new MemoryStore(events::add);

    static RunSpec spec(int rounds, int nodes, int minimumReports) {
        return spec(rounds, nodes, minimumReports, 1, StopRule.NEVER);
    }

    static RunSpec spec(int rounds, int nodes, int minimumReports, int evaluateEvery, StopRule stop) {
        return new RunSpec("test", "", new DataSpec("rows", SCHEMA, new HoldOut.None(), true), new ModelSpec.Softmax(),
                Strategies.fedAvg(new LocalTraining(1, 0, 0.1, 0, 0, false), Weighting.EXAMPLES, 1), rounds,
                new Cohort(nodes, OptionalInt.empty(), minimumReports, Duration.ofSeconds(1)), evaluateEvery, stop,
                new Seed(1));
    }

    /** Counts updates as they come. */
    static Combination buffered(int size, int most, Mixing mixing) {
        return Strategies.fedAvg(new LocalTraining(1, 0, 0.1, 0, 0, false), Weighting.UNIFORM, 1)
                .buffering(new Buffering(size, new Staleness.Polynomial(1), most, mixing));
    }

    /** @param atWork so many clients at any time */
    static RunSpec spec(Combination strategy, int rounds, int nodes, int atWork, int evaluateEvery) {
        RunSpec rounded = spec(rounds, nodes, 1, evaluateEvery, StopRule.NEVER);
        return new RunSpec(rounded.name(), "", rounded.data(), rounded.model(), strategy, rounds,
                new Cohort(nodes, OptionalInt.of(atWork), 1, Duration.ofSeconds(1)), evaluateEvery, StopRule.NEVER,
                new Seed(1));
    }

    RunLoop loop(RunSpec spec, Fleet fleet) {
        return new RunLoop("run", spec, fleet, store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    RunEvent run(RunSpec spec, Fleet fleet) throws InterruptedException {
        RunEvent end = loop(spec, fleet).run();
        assertThat(events.get(events.size() - 1)).as("the last event").isEqualTo(end);
        return end;
    }

    Checkpoint end() {
        return store.latest("run").orElseThrow();
    }

    <E extends RunEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static Function<Task, Optional<Report>> answering(Class<? extends Task> type, Report report) {
        return task -> Optional.of(type.isInstance(task) ? report : ScriptedFleet.obey(task));
    }

    static Function<Task, Optional<Report>> silentAt(Class<? extends Task> type) {
        return task -> type.isInstance(task) ? Optional.empty() : Optional.of(ScriptedFleet.obey(task));
    }
}
