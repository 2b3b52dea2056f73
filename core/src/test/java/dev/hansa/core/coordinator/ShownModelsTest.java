package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.FederationException;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.Privacy.Exempt;
import dev.hansa.core.privacy.distributed.IntegerNoise;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What nodes see of a run whose noise is secret, and whose process is killed: one model of each round. */
class ShownModelsTest extends RunLoopFixture {
    private static final int ROUNDS = 3;
    private static final List<String> NODES = List.of("a", "b", "c");
    /** After the roll call, three rounds of training and measuring, and the question at the end. */
    private static final int LAST_TASK = 3 * (1 + 2 * ROUNDS + 1);
    private static final Mechanism CENTRAL = new Mechanism.Central(Optional.empty());

    /** By round, the models that nodes have seen. */
    private final Map<Integer, Set<Parameters>> shown = new TreeMap<>();
    private int tasks;

    private static RunSpec measured(Mechanism mechanism) {
        return spec(ROUNDS, NODES.size(), 2).with(new FineTuning(1, OptionalDouble.empty()))
                .with(new Privacy(mechanism, 0.5, OptionalDouble.of(20), OptionalDouble.empty(), 1e-3,
                        Optional.empty(), Set.of(Exempt.EVALUATION, Exempt.STATISTICS)));
    }

    private ScriptedFleet fleet(int killedAt) {
        ScriptedFleet fleet = new ScriptedFleet();
        NODES.forEach(name -> fleet.with(name, task -> {
            note(task);
            tasks++;
            if (tasks == killedAt) {
                throw new FederationException("killed", true);
            }
            return Optional.of(answer(task));
        }));
        return fleet;
    }

    private void note(Task task) {
        if (task instanceof Task.Fit fit) {
            note(fit.round() - 1, fit.parameters());
        } else if (task instanceof Task.Evaluate evaluate) {
            note(evaluate.round(), evaluate.parameters());
        } else if (task instanceof Task.Personalise personalise) {
            note(ROUNDS, personalise.parameters());
        }
    }

    private void note(int round, Parameters model) {
        shown.computeIfAbsent(round, none -> new HashSet<>()).add(model);
    }

    private static Report answer(Task task) {
        return task instanceof Task.Fit fit
                ? new Report.Fitted(new ModelUpdate(Parameters.zeros(fit.updateLayout()), 1, Sums.NONE))
                : ScriptedFleet.obey(task);
    }

    /** @param kills so many tasks after its beginning a process is killed, one process after the other */
    private Checkpoint run(String name, RunSpec spec, int... kills) throws InterruptedException {
        for (int kill : kills) {
            assertThat(killedAt(kill, name, spec)).as("a process is killed at task %d", kill).isTrue();
        }
        go(name, spec, fleet(0));
        return store.latest(name).orElseThrow();
    }

    private boolean killedAt(int kill, String name, RunSpec spec) throws InterruptedException {
        try {
            go(name, spec, fleet(kill));
            return false;
        } catch (FederationException killed) {
            assertThat(killed).hasMessage("killed");
            return true;
        }
    }

    private void go(String name, RunSpec spec, ScriptedFleet fleet) throws InterruptedException {
        tasks = 0;
        new RunLoop(name, spec, fleet, store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).run();
    }

    @Test
    void aRunThatIsKilledAnywhereShowsOneModelOfEachRound() throws InterruptedException {
        for (Mechanism mechanism : List.of(CENTRAL, new Mechanism.Correlated(),
                new Mechanism.Distributed(IntegerNoise.SKELLAM, 20))) {
            RunSpec spec = measured(mechanism);
            for (int kill = 1; kill < LAST_TASK; kill++) {
                shown.clear();
                Checkpoint end = run(mechanism + " killed at " + kill, spec, kill, 2);
                assertThat(shown).as("%s, killed at %d", mechanism, kill).hasSize(ROUNDS + 1)
                        .allSatisfy((round, models) -> assertThat(models).as("round %d", round).hasSize(1));
                assertThat(end.history()).allMatch(round -> round.measuredBy() == NODES.size());
            }
        }
    }

    @Test
    void whatWasMeasuredLaterIsInTheRecordAndToldOf() throws InterruptedException {
        Checkpoint end = run("run", measured(CENTRAL));
        assertThat(tasks).isEqualTo(LAST_TASK);
        assertThat(events(RunEvent.RoundCommitted.class)).hasSize(ROUNDS)
                .allMatch(event -> event.record().evaluation().equals(Metrics.NONE));
        assertThat(events(RunEvent.RoundEvaluated.class)).extracting(RunEvent.RoundEvaluated::record)
                .isEqualTo(end.history());
        assertThat(end.history()).allMatch(round -> round.measured(Metrics.ACCURACY).getAsDouble() == 0.5)
                .allMatch(round -> round.updates() == NODES.size());
    }

    @Test
    void thoseWhoWereMeasuringMeasure() throws InterruptedException {
        RunSpec spec = measured(CENTRAL);
        assertThat(killedAt(NODES.size() * 2 + 1, "run", spec)).isTrue();
        assertThat(end().state().round()).as("committed before it is shown").isEqualTo(1);

        ScriptedFleet fleet = fleet(0).alreadyAsked(new Question(1, Phase.EVALUATE, 1), "b");
        go("run", spec, fleet);
        assertThat(fleet.questions().get(0)).isEqualTo(new Question(1, Phase.EVALUATE, 1));
        assertThat(end().history().get(0).measuredBy()).isEqualTo(1);
    }

    /** What is the same each time may be worked out again, and costs no second commit. */
    @Test
    void whatIsNotPrivateIsCommittedOnce() throws InterruptedException {
        run(spec(ROUNDS, NODES.size(), 2), new ScriptedFleet().with("a", "b", "c"));
        assertThat(events(RunEvent.RoundEvaluated.class)).isEmpty();
        assertThat(events(RunEvent.RoundCommitted.class))
                .allMatch(event -> event.record().measured(Metrics.ACCURACY).isPresent());
    }
}
