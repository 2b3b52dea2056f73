package dev.hansa.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hansa.core.FederationException;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.select.Cyclic;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.Buffering.Mixing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Clients answer in the order in which they were asked, so their answers are as stale as there are clients at work. */
class AsynchronousRoundsTest extends RunLoopFixture {
    private float model() {
        return end().state().parameters().get(0);
    }

    private List<Integer> staleness() {
        return end().history().stream().flatMap(round -> round.clients().values().stream())
                .filter(part -> !part.training().equals(Metrics.NONE)).map(ClientRound::staleness).toList();
    }

    @Test
    void updateCountsTheLessTheOlderItIs() throws InterruptedException {
        run(spec(buffered(1, Buffering.ANY_AGE, Mixing.CHANGES), 4, 3, 3, 0), new ScriptedFleet().with("a", "b", "c"));

        // each moves by 1: fresh, then one step old, then two for ever
        assertThat(staleness()).containsExactly(0, 1, 2, 2);
        assertThat(model()).isCloseTo((float) (1 + 1 / 2.0 + 1 / 3.0 + 1 / 3.0), within(1e-6f));
    }

    @Test
    void mixedModelsDrawBack() throws InterruptedException {
        run(spec(buffered(1, Buffering.ANY_AGE, Mixing.MODELS), 3, 3, 3, 0), new ScriptedFleet().with("a", "b", "c"));

        // all three made the model 1 of the model 0: 1, then 1 + (1 - 1) / 2, then 1 + (1 - 1) / 3
        assertThat(model()).isEqualTo(1);
    }

    @Test
    void updatesThatBeganTogetherShareTheModelThatTheyBeganFrom() throws InterruptedException {
        List<Integer> read = new ArrayList<>();
        Store noting = new Store() {
            @Override
            public Optional<Checkpoint> latest(String run) {
                return store.latest(run);
            }

            @Override
            public Optional<Checkpoint> best(String run) {
                return store.best(run);
            }

            @Override
            public void save(String run, Checkpoint checkpoint, Set<Fleet.Sent> open, RunEvent... told) {
                store.save(run, checkpoint, open, told);
            }

            @Override
            public Parameters model(String run, int round) {
                read.add(round);
                return store.model(run, round);
            }

            @Override
            public void append(String run, RunEvent event) {
                store.append(run, event);
            }
        };
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b", "c", "d", "e", "f");
        new RunLoop("run", spec(buffered(3, Buffering.ANY_AGE, Mixing.MODELS), 2, 6, 6, 0), fleet, noting,
                Clock.systemUTC()).run();

        assertThat(staleness()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(read).containsExactly(0);
        assertThat(model()).as("1, then 1 + (1 - 1) / 2").isEqualTo(1);
    }

    @Test
    void updatesThatAreTooOldAreDiscardedAndTheirClientsAskedAtOnce() throws InterruptedException {
        run(spec(buffered(1, 1, Mixing.CHANGES), 4, 3, 3, 0), new ScriptedFleet().with("a", "b", "c"));

        assertThat(staleness()).allMatch(steps -> steps <= 1);
        assertThat(events).filteredOn(RunEvent.UpdateDiscarded.class::isInstance).first()
                .isEqualTo(new RunEvent.UpdateDiscarded(3, "c",
                        "the model made 2 steps since its training began, and updates count up to 1"));
    }

    @Test
    void eachClientCountsOnceInABuffer() throws InterruptedException {
        run(spec(buffered(3, Buffering.ANY_AGE, Mixing.CHANGES), 5, 3, 3, 0),
                new ScriptedFleet().with("a", "b", "c"));

        assertThat(end().history()).allMatch(round -> round.updates() == 3);
        assertThat(model()).isEqualTo(5);
    }

    @Test
    void modelsAreMeasuredWhileTrainingGoesOn() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b", "c");
        run(spec(buffered(2, Buffering.ANY_AGE, Mixing.CHANGES), 6, 3, 2, 1), fleet);

        List<RunEvent.RoundEvaluated> measured = events.stream().filter(RunEvent.RoundEvaluated.class::isInstance)
                .map(RunEvent.RoundEvaluated.class::cast).toList();
        assertThat(measured).hasSizeGreaterThan(1);
        RoundRecord first = measured.get(0).record();
        assertThat(first.round()).isEqualTo(1);
        assertThat(events.subList(0, events.indexOf(measured.get(0)))).as("meanwhile")
                .anyMatch(event -> event instanceof RunEvent.RoundStarted started && started.round() > 1);
        assertThat(first.evaluation().get(Metrics.ACCURACY)).hasValue(0.5);
        assertThat(first.clients().keySet()).containsExactly("a", "b", "c");
        assertThat(first.updates()).isEqualTo(2);
        assertThat(end().history().get(0)).isEqualTo(first);
        assertThat(end().history().get(5).evaluation().get(Metrics.ACCURACY)).as("the last").hasValue(0.5);
    }

    @Test
    void whoWasAskedBeforeACrashIsNotAskedForAnythingElse() throws InterruptedException {
        MemoryStore disk = new MemoryStore(events::add);
        RunSpec spec = spec(buffered(2, Buffering.ANY_AGE, Mixing.CHANGES), 3, 4, 4, 0);
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b", "c", "d");
        List<Task> asked = new ArrayList<>();
        for (int life = 1; life <= 20 && disk.latest("run").map(last -> last.state().round()).orElse(-1) < 3; life++) {
            try {
                new RunLoop("run", spec, fleet, new DyingStore(disk), Clock.systemUTC()).run();
            } catch (FederationException killed) {
                assertThat(killed).hasMessage("killed");
            }
            asked.addAll(fleet.asked());
            ScriptedFleet next = new ScriptedFleet().with("a", "b", "c", "d");
            List.copyOf(fleet.open()).forEach(sent -> next.alreadySent(sent.question(), sent.client()));
            fleet = next;
        }

        Checkpoint end = disk.latest("run").orElseThrow();
        assertThat(end.state().round()).isEqualTo(3);
        assertThat(end.history()).allMatch(round -> round.updates() == 2);
        assertThat(end.history().get(1).clients().values()).extracting(ClientRound::staleness).contains(1);
        assertThat(asked.stream().filter(task -> task instanceof Task.Fit fit && fit.round() == 1)
                .map(task -> ((Task.Fit) task).parameters().get(0))).as("with the model of then").containsOnly(0f);
    }

    @Test
    void clientsThatFailAreAskedAgainAndOthersCountMeanwhile() throws InterruptedException {
        int[] tries = {0};
        Function<Task, Optional<Report>> moody = task -> Optional.of(task instanceof Task.Fit && tries[0]++ < 2
                ? new Report.Failed("not now")
                : ScriptedFleet.obey(task));
        run(spec(buffered(2, Buffering.ANY_AGE, Mixing.CHANGES), 2, 2, 2, 0),
                new ScriptedFleet().with("a").with("b", moody));

        assertThat(end().history()).hasSize(2).allMatch(round -> round.updates() == 2);
        assertThat(events).filteredOn(RunEvent.ClientFailed.class::isInstance).hasSize(2);
    }

    @Test
    void bufferThatNobodyFillsEndsTheRun() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a").with("b",
                task -> task instanceof Task.Fit ? Optional.empty() : Optional.of(ScriptedFleet.obey(task)));
        RunEvent end = run(spec(buffered(2, Buffering.ANY_AGE, Mixing.CHANGES), 2, 2, 2, 0), fleet);

        assertThat(((RunEvent.Failed) end).reason()).contains("round 1 got 1 of 2 updates").contains("10 times");
        assertThat(events).filteredOn(RunEvent.ClientSilent.class::isInstance).hasSize(10);
    }

    @Test
    void bufferThatNoOthersCanFillEndsTheRun() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a").with("b",
                task -> Optional.of(task instanceof Task.Fit ? new Report.Refused("no") : ScriptedFleet.obey(task)));
        RunEvent end = run(spec(buffered(2, Buffering.ANY_AGE, Mixing.CHANGES), 2, 2, 2, 0), fleet);

        assertThat(((RunEvent.Failed) end).reason()).contains("there are no others than a").contains("b refused: no");
    }

    @Test
    void selectorThatChoosesNobodyEndsTheRun() throws InterruptedException {
        RunSpec usual = spec(buffered(2, Buffering.ANY_AGE, Mixing.CHANGES), 2, 2, 2, 0);
        RunSpec spec = new RunSpec(usual.name(), "", usual.data(), usual.model(), usual.strategy(), 2,
                new Cohort(2, OptionalInt.empty(), 1, 1, Duration.ofSeconds(1), false, draw -> new TreeSet<>()), 0,
                StopRule.NEVER, new Seed(1));
        RunEvent end = run(spec, new ScriptedFleet().with("a", "b"));

        assertThat(((RunEvent.Failed) end).reason()).contains("selector chooses none of those who could be asked");
    }

    @Test
    void whatFailedBeforeAStepIsNotToldOfAfterIt() throws InterruptedException {
        int[] tries = {0};
        Function<Task, Optional<Report>> moody = task -> Optional.of(task instanceof Task.Fit && tries[0]++ == 0
                ? new Report.Failed("not now")
                : ScriptedFleet.obey(task));
        Function<Task, Optional<Report>> gone = task -> task instanceof Task.Fit fit && fit.round() > 1
                ? Optional.empty()
                : Optional.of(ScriptedFleet.obey(task));
        RunEvent end = run(spec(buffered(2, Buffering.ANY_AGE, Mixing.CHANGES), 2, 2, 2, 0),
                new ScriptedFleet().with("a", gone).with("b", moody));

        assertThat(((RunEvent.Failed) end).reason()).contains("round 2 got 1 of 2 updates").doesNotContain("not now");
    }

    @Test
    void updatesThatCannotBeUsedCountNothing() throws InterruptedException {
        int[] tries = {0};
        Function<Task, Optional<Report>> broken = task -> {
            if (task instanceof Task.Fit fit && tries[0]++ == 0) {
                float[] values = new float[fit.parameters().size()];
                Arrays.fill(values, Float.NaN);
                return Optional.of(ScriptedFleet.fitted(Parameters.of(fit.parameters().layout(), values)));
            }
            return Optional.of(ScriptedFleet.obey(task));
        };
        run(spec(buffered(2, Buffering.ANY_AGE, Mixing.CHANGES), 1, 2, 2, 0),
                new ScriptedFleet().with("a").with("b", broken));

        assertThat(model()).isEqualTo(1);
        assertThat(events).filteredOn(RunEvent.UpdateDiscarded.class::isInstance).hasSize(1);
    }

    @Test
    void runThatIsStoppedKeepsItsLastStep() throws InterruptedException {
        RunLoop[] loop = new RunLoop[1];
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b").beforeAsking(() -> {
            if (store.latest("run").filter(last -> last.state().round() == 2).isPresent()) {
                loop[0].stop();
            }
        });
        loop[0] = loop(spec(buffered(1, Buffering.ANY_AGE, Mixing.CHANGES), 9, 2, 2, 0), fleet);

        RunEvent end = loop[0].run();
        assertThat(end).isInstanceOf(RunEvent.Stopped.class);
        assertThat(((RunEvent.Stopped) end).rounds()).isEqualTo(end().state().round()).isBetween(2, 3);
        assertThat(fleet.open()).isEmpty();
    }

    @Test
    void cohortsThatCannotFillABufferAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(buffered(4, 0, Mixing.CHANGES), 1, 3, 3, 0))
                .withMessageContaining("holds 4, more than the 3 nodes");
        RunSpec rounded = spec(1, 3, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> rounded.with(buffered(2, 0, Mixing.CHANGES)))
                .withMessageContaining("fewer than the 3 of minimumReports");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunSpec("test", "", rounded.data(), rounded.model(),
                        buffered(1, 0, Mixing.CHANGES), 1, new Cohort(3, OptionalInt.of(1), 1, 1,
                                Duration.ofSeconds(1), false, new Cyclic()),
                        0, StopRule.NEVER, new Seed(1)))
                .withMessageContaining("chosen as a whole by Cyclic");
    }

    @Test
    void questionsSayWhichModelTheyAreAbout() throws InterruptedException {
        ScriptedFleet fleet = new ScriptedFleet().with("a", "b");
        run(spec(buffered(1, Buffering.ANY_AGE, Mixing.CHANGES), 2, 2, 2, 0), fleet);

        assertThat(fleet.questions()).startsWith(new Question(0, Phase.DESCRIBE, 1), new Question(1, Phase.FIT, 1),
                new Question(1, Phase.FIT, 1), new Question(2, Phase.FIT, 1));
        assertThat(fleet.asked().stream().filter(Task.Fit.class::isInstance)
                .map(task -> Map.entry(task.round(), ((Task.Fit) task).parameters().get(0))))
                .startsWith(Map.entry(1, 0f), Map.entry(1, 0f), Map.entry(2, 1f));
    }
}
