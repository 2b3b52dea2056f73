package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.client.ClientMemory;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.RoundPlan;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategy;
import dev.hansa.server.store.TaskRow;
import dev.hansa.server.store.TaskStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness who sees nothing is none: these coordinators are broken. */
class WitnessTest {
    /** So many seeds show it. */
    private static final int SEEDS = 100;

    @TempDir
    Path folder;

    @Test
    void reportsThatAreNotWrittenDownAreNoticed() throws IOException {
        assertThat(noticed(new Broken() {
            @Override
            public boolean report(String id, byte[] report) {
                return true;
            }
        })).contains("is on the disk");
    }

    @Test
    void reportsThatAreForgottenAtARestartAreNoticed() throws IOException {
        assertThat(noticed(new Broken() {
            @Override
            public List<TaskRow> of(String run) {
                return super.of(run).stream()
                        .map(row -> new TaskRow(row.id(), row.question(), row.node(), Optional.empty())).toList();
            }
        })).contains("given again");
    }

    @Test
    void tasksThatAreForgottenAtARestartAreNoticed() throws IOException {
        assertThat(noticed(new Broken() {
            @Override
            public List<TaskRow> of(String run) {
                return List.of();
            }
        })).containsAnyOf("asked for again", "not counted yet");
    }

    @Test
    void idsThatAreUsedAgainAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            @Override
            public long id(long honest) {
                return honest % 7;
            }
        })).contains("used again");
    }

    @Test
    void acknowledgementsThatComeTooEarlyAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            @Override
            public void report(Runnable take, Runnable acknowledge) {
                acknowledge.run();
                take.run();
            }
        })).contains("is on the disk");
    }

    @Test
    void roundsOfTooFewAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            @Override
            public RunSpec run(RunSpec honest) {
                Cohort cohort = honest.cohort();
                return with(honest, honest.strategy(),
                        new Cohort(cohort.nodes(), cohort.size(), 1, cohort.overSelection(), cohort.deadline(),
                                cohort.partialWork()));
            }
        })).contains("updates in round");
    }

    @Test
    void updatesThatAreLeftOutAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            @Override
            public RunSpec run(RunSpec honest) {
                return with(honest, new Miscounting(honest.strategy(),
                        (number, update) -> Optional.of(update).filter(kept -> number != 1)), honest.cohort());
            }
        })).contains("the model of round");
    }

    @Test
    void filesThatStayInTheSpoolAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            @Override
            public boolean deletes() {
                return false;
            }
        })).contains("the spool");
    }

    @Test
    void nodesThatForgetWhatTheyHeldBackAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            @Override
            public ClientMemory heldBack(ClientMemory honest) {
                return ClientMemory.inMemory();
            }
        })).contains("held back last");
    }

    @Test
    void nodesThatSendTwiceWhatTheyHeldBackAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            @Override
            public ClientMemory heldBack(ClientMemory honest) {
                return new ClientMemory() {
                    @Override
                    public Optional<Parameters> of(String run, int round) {
                        Optional<Parameters> next = honest.of(run, round + 1);
                        return next.isPresent() ? next : honest.of(run, round);
                    }

                    @Override
                    public void keep(String run, int counted, int round, Parameters residual) {
                        honest.keep(run, counted, round, residual);
                    }

                    @Override
                    public void keepTold(String run, String what, Parameters told) {
                        honest.keepTold(run, what, told);
                    }

                    @Override
                    public Optional<Parameters> told(String run, String what) {
                        return honest.told(run, what);
                    }

                    @Override
                    public void keepPersonal(String run, int round, Parameters model) {
                        honest.keepPersonal(run, round, model);
                    }

                    @Override
                    public Optional<Parameters> personal(String run) {
                        return honest.personal(run);
                    }
                };
            }
        })).contains("begins with");
    }

    @Test
    void lateAnswersThatAreNotToldAreNoticed() throws IOException {
        assertThat(noticed(new Broken() {
            @Override
            public void late(String id, String node) {
                // says nothing
            }
        })).contains("is late, before its node");
    }

    @Test
    void closedTasksThatAreNotWrittenDownAreNoticed() throws IOException {
        assertThat(noticed(new Broken() {
            @Override
            public void close(List<String> ids) {
                // forgets them
            }
        })).contains("is late, before its node");
    }

    @Test
    void lateAnswersThatAreToldTwiceAreNoticed() {
        Asked asked = new Asked();
        asked.add(new TaskRow("0a", new Question(1, Phase.FIT, 1), "node0", Optional.empty()));
        LateWitness witness = new LateWitness(asked, new Tally());
        witness.hearsLate("0a", "node0");
        assertThatThrownBy(() -> witness.hearsLate("0a", "node0")).hasMessageContaining("for the first time");
    }

    @Test
    void partsThatCountAsIfTheyWereTheWholeAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            @Override
            public RunSpec run(RunSpec honest) {
                return with(honest, new Miscounting(honest.strategy(), WitnessTest::asIfWhole), honest.cohort());
            }
        })).containsAnyOf("the model of round", "the state after step");
    }

    /** As far as it would have come with all of the work. */
    private static Optional<ModelUpdate> asIfWhole(int number, ModelUpdate update) {
        return Optional.of(!update.isPartial() ? update
                : new ModelUpdate(Parameters.load(update.difference()).times(1 / update.share()), update.weight(),
                        update.sums()));
    }

    static RunSpec with(RunSpec run, Strategy strategy, Cohort cohort) {
        return new RunSpec(run.name(), run.purpose(), run.data(), run.model(), strategy, run.compression(),
                run.rounds(), cohort, run.evaluation(), run.stop(), run.personalization(), run.seed());
    }

    /** Counts updates for something else than they are. */
    private record Miscounting(Strategy honest, Counting counting) implements Strategy {
        /** What is counted for an update, which comes after so many others. */
        private interface Counting {
            Optional<ModelUpdate> of(int number, ModelUpdate update);
        }

        @Override
        public boolean usesPartialWork() {
            return honest.usesPartialWork();
        }

        @Override
        public Optional<Buffering> buffering() {
            return honest.buffering();
        }

        @Override
        public ServerState start(Parameters initial) {
            return honest.start(initial);
        }

        @Override
        public RoundPlan plan(ServerState state) {
            RoundPlan plan = honest.plan(state);
            return new RoundPlan(plan.parameters(), plan.training(), layout -> {
                Aggregator.Accumulator updates = plan.aggregator().start(layout);
                return new Aggregator.Accumulator() {
                    private int clients;

                    @Override
                    public void add(ModelUpdate update) {
                        counting.of(clients, update).ifPresent(updates::add);
                        clients++;
                    }

                    @Override
                    public int clients() {
                        return clients;
                    }

                    @Override
                    public Aggregate finish() {
                        return updates.finish();
                    }
                };
            });
        }

        @Override
        public ServerState step(ServerState state, Aggregate aggregate) {
            return honest.step(state, aggregate);
        }
    }

    private String noticed(Sabotage sabotage) throws IOException {
        return noticed(folder, sabotage);
    }

    /** What the first witness says who notices it. */
    static String noticed(Path folder, Sabotage sabotage) throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Optional<Throwable> problem =
                    new World(seed, folder.resolve("world" + seed), sabotage).run().problem();
            if (problem.isPresent()) {
                return String.valueOf(problem.get().getMessage());
            }
        }
        return "nothing in " + SEEDS + " seeds";
    }

    /** Does as the honest one, but for what a test breaks. */
    private abstract static class Broken implements Sabotage, TaskStore {
        private TaskStore honest = this;

        @Override
        public TaskStore tasks(TaskStore tables) {
            honest = tables;
            return this;
        }

        @Override
        public List<TaskRow> of(String run) {
            return honest.of(run);
        }

        @Override
        public void open(String run, List<TaskRow> tasks) {
            honest.open(run, tasks);
        }

        @Override
        public void add(String run, TaskRow task) {
            honest.add(run, task);
        }

        @Override
        public void forget(List<String> ids) {
            honest.forget(ids);
        }

        @Override
        public void close(List<String> ids) {
            honest.close(ids);
        }

        @Override
        public boolean isAwaited(String id, String node) {
            return honest.isAwaited(id, node);
        }

        @Override
        public void late(String id, String node) {
            honest.late(id, node);
        }

        @Override
        public boolean report(String id, byte[] report) {
            return honest.report(id, report);
        }
    }
}
