package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Fleet.Answer;
import dev.hansa.core.coordinator.Fleet.Question;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.server.store.TaskRow;
import dev.hansa.wire.message.ReportCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who watches runs without rounds sees what is wrong with them: these coordinators are broken. */
class WithoutRoundsWitnessTest {
    @TempDir
    Path folder;

    @Test
    void updatesThatCountTwiceAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            private boolean single;

            @Override
            public RunSpec run(RunSpec honest) {
                single = honest.strategy().buffering().filter(buffer -> buffer.size() == 1).isPresent();
                return honest;
            }

            @Override
            public Fleet fleet(Fleet honest) {
                return single ? new Repeating(honest) : honest; // a larger buffer refuses the second of a node
            }
        })).contains("whose updates make step");
    }

    /** Takes each update twice. */
    private static final class Repeating extends BrokenFleet {
        private Optional<Answer> last = Optional.empty();

        Repeating(Fleet honest) {
            super(honest);
        }

        @Override
        public Optional<Answer> take() throws InterruptedException {
            Optional<Answer> again = last;
            Optional<Answer> next = again.isPresent() ? again : honest.take();
            last = again.isPresent() ? Optional.empty()
                    : next.filter(WithoutRoundsWitnessTest::isUpdate).map(Repeating::inMemory);
            return next;
        }

        /** The update's file is gone when it is taken a second time. */
        private static Answer inMemory(Answer answer) {
            ModelUpdate update = ((Report.Fitted) answer.report().orElseThrow()).update();
            return new Answer(answer.sent(), Optional.of(new Report.Fitted(new ModelUpdate(
                    Parameters.load(update.difference()), update.weight(), update.sums(), update.share()))),
                    answer.traffic());
        }
    }

    @Test
    void updatesThatAreNotCountedAreNoticed() throws IOException {
        assertThat(noticed(new Sabotage() {
            private boolean patient;

            @Override
            public RunSpec run(RunSpec honest) {
                patient = honest.cohort().deadline().equals(Scenario.PATIENCE);
                return honest;
            }

            @Override
            public Fleet fleet(Fleet honest) {
                return patient ? honest : new Forgetful(honest); // the patient notice it before a step is made
            }
        })).containsAnyOf("whose updates make step", "is asked for again");
    }

    /** Takes what some node answers for silence. */
    private static final class Forgetful extends BrokenFleet {
        Forgetful(Fleet honest) {
            super(honest);
        }

        @Override
        public Optional<Answer> take() throws InterruptedException {
            return honest.take().map(answer -> isUpdate(answer) && answer.sent().client().equals("node0")
                    ? new Answer(answer.sent(), Optional.empty(), Traffic.NONE) : answer);
        }
    }

    private static boolean isUpdate(Answer answer) {
        return answer.report().orElse(null) instanceof Report.Fitted;
    }

    @Test
    void trainingThatBeginsWithAnOldModelIsNoticed() throws IOException {
        assertThat(noticed(fleet -> new BrokenFleet(fleet) {
            private @Nullable Parameters old;

            @Override
            public void send(Sent sent, Task task, Duration deadline) throws InterruptedException {
                if (task instanceof Task.Fit fit) {
                    old = old == null ? fit.parameters() : old;
                    honest.send(sent, new Task.Fit(fit.run(), fit.round(), fit.data(), fit.preprocessing(), fit.model(),
                            old, fit.training(), fit.compression(), fit.seed(), fit.timeLeft(), fit.counted(),
                            fit.personalization()), deadline);
                } else {
                    honest.send(sent, task, deadline);
                }
            }
        })).contains("the model of Sent");
    }

    @Test
    void modelsThatAreMeasuredForOthersAreNoticed() throws IOException {
        assertThat(noticed(fleet -> new BrokenFleet(fleet) {
            @Override
            public void send(Sent sent, Task task, Duration deadline) throws InterruptedException {
                honest.send(sent, task instanceof Task.Evaluate evaluate ? of(evaluate) : task, deadline);
            }

            private Task of(Task.Evaluate task) {
                return new Task.Evaluate(task.run(), task.round(), task.data(), task.preprocessing(), task.model(),
                        task.parameters().times(2), task.detail(), task.counted(), task.personalization());
            }
        })).contains("the model of Sent");
    }

    @Test
    void questionsThatAreNotAskedAgainAfterARestartAreNoticed() throws IOException {
        assertThat(noticed(fleet -> new BrokenFleet(fleet) {
            @Override
            public List<Sent> sent() {
                return List.of();
            }
        })).containsAnyOf("was of use, and is asked for again", "is on the disk", "begins");
    }

    @Test
    void updatesThatAreToldToBeFreshAreNoticed() throws IOException {
        assertThat(noticed(told(part -> new ClientRound(part.training(), part.evaluation(), part.traffic(),
                part.partial(), part.rows(), part.cluster(), 0)))).contains("how many steps were made");
    }

    @Test
    void measurementsThatNobodyMadeAreNoticed() throws IOException {
        assertThat(noticed(told(part -> new ClientRound(part.training(),
                part.evaluation().equals(Metrics.NONE) ? Metrics.NONE : part.training(),
                part.traffic(), part.partial(), part.rows(), part.cluster(), part.staleness()))))
                .contains("of the model of round");
    }

    @Test
    void stepsOfTooFewAreNoticed() throws IOException {
        assertThat(noticed(buffer((run, honest) -> new Buffering(
                Math.max(run.cohort().minimumReports(), honest.size() - 1), honest.staleness(), honest.most(),
                honest.mixing())))).contains("updates in step");
    }

    @Test
    void staleUpdatesThatCountAsIfTheyWereFreshAreNoticed() throws IOException {
        assertThat(noticed(buffer((run, honest) -> new Buffering(honest.size(), new Staleness.Constant(),
                honest.most(), honest.mixing())))).contains("the state after step");
    }

    @Test
    void updatesThatCountThoughTheyAreTooOldAreNoticed() throws IOException {
        assertThat(noticed(buffer((run, honest) -> new Buffering(honest.size(), honest.staleness(),
                Buffering.ANY_AGE, honest.mixing())))).contains("whose updates make step");
    }

    @Test
    void modelsThatANodeMeasuresTwiceAreNoticed() {
        Asked asked = new Asked();
        ErrandWitness witness = new ErrandWitness(asked, new Tally());
        Sent sent = new Sent(new Question(1, Phase.EVALUATE, 1), "node0");
        TaskRow first = new TaskRow("0a", sent.question(), sent.client(), Optional.empty());
        asked.add(first);
        witness.sends(sent);
        witness.asks(first);
        witness.acknowledges("0a", ReportCodec.encode(new Report.Evaluated(Sums.NONE), none -> {
            throw new AssertionError(none);
        }));
        TaskRow second = new TaskRow("0b", sent.question(), sent.client(), Optional.empty());
        asked.add(second);
        assertThatThrownBy(() -> witness.asks(second)).hasMessageContaining("is asked for again");
    }

    @Test
    void safeAnswersThatAreTakenForSilenceAreNoticed() {
        Asked asked = new Asked();
        ErrandWitness witness = new ErrandWitness(asked, new Tally());
        Sent sent = new Sent(new Question(1, Phase.FIT, 1), "node0");
        TaskRow row = new TaskRow("0a", sent.question(), sent.client(), Optional.empty());
        asked.add(row);
        witness.sends(sent);
        witness.asks(row);
        witness.acknowledges("0a", ReportCodec.encode(new Report.Failed("no"), none -> {
            throw new AssertionError(none);
        }));
        assertThat(witness.isAnswerSafe()).isTrue();
        assertThatThrownBy(() -> witness.takes(new Answer(sent, Optional.empty(), Traffic.NONE)))
                .hasMessageContaining("taken to be silent");
        assertThatThrownBy(() -> witness.takes(new Answer(sent, Optional.empty(), Traffic.NONE)))
                .as("a second time").hasMessageContaining("is waited for");
    }

    private String noticed(Sabotage sabotage) throws IOException {
        return WitnessTest.noticed(folder, sabotage);
    }

    private String noticed(UnaryOperator<Fleet> fleet) throws IOException {
        return noticed(new Sabotage() {
            @Override
            public Fleet fleet(Fleet honest) {
                return fleet.apply(honest);
            }
        });
    }

    /** Tells something else of nodes' parts in runs without rounds. */
    private static Sabotage told(UnaryOperator<ClientRound> part) {
        return new Sabotage() {
            private boolean hasRounds;

            @Override
            public RunSpec run(RunSpec honest) {
                hasRounds = honest.strategy().buffering().isEmpty();
                return honest;
            }

            @Override
            public Store store(Store honest) {
                return hasRounds ? honest : new BrokenStore(honest, part);
            }
        };
    }

    /** Fills another buffer. */
    private static Sabotage buffer(BiFunction<RunSpec, Buffering, Buffering> other) {
        return new Sabotage() {
            @Override
            public RunSpec run(RunSpec honest) {
                return honest.strategy().buffering().map(buffer -> honest.with(((Combination) honest.strategy())
                        .buffering(other.apply(honest, buffer)))).orElse(honest);
            }
        };
    }
}
