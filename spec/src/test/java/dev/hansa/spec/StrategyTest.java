package dev.hansa.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.core.aggregate.FairMean;
import dev.hansa.core.aggregate.NormalizedMean;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.strategy.Buffering;
import dev.hansa.core.strategy.Buffering.Mixing;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Schedule;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerAdaptive.Rule;
import dev.hansa.core.strategy.ServerSgd;
import dev.hansa.core.strategy.Staleness;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.spec.document.InvalidSpecException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each name stands for a combination, which can be written axis by axis as well. */
class StrategyTest {
    private static final LocalTraining PLAIN = new LocalTraining(1, 32, 0.1, 0, 0, true);
    private static final WeightedMean MEAN = new WeightedMean(Weighting.EXAMPLES);
    private static final WeightedMean UNIFORM = new WeightedMean(Weighting.UNIFORM);

    private static Combination read(String lines) {
        return (Combination) RunFileTest.read(RunFileTest.SHORTEST + lines + "\n").strategy();
    }

    private static Schedule constant(double rate) {
        return new Schedule.Constant(rate);
    }

    private static ServerAdaptive adaptive(Rule rule, double rate, double beta1, double beta2) {
        return new ServerAdaptive(rule, constant(rate), beta1, beta2, 0.001, 0.001 * 0.001);
    }

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("fedavg", "{}", Strategies.fedAvg(PLAIN, Weighting.EXAMPLES)),
                Arguments.of("fedsgd", "{}", Strategies.fedAvg(
                        new LocalTraining(1, LocalTraining.FULL_BATCH, 0.1, 0, 0, false), Weighting.EXAMPLES)),
                Arguments.of("fedavgm", "{server: {type: sgd, momentum: 0.9}}",
                        new Combination(PLAIN, MEAN, new ServerSgd(constant(1), 0.9))),
                Arguments.of("fedmom", "{server: nesterov}",
                        Strategies.fedMom(PLAIN, Weighting.EXAMPLES, 1, 0.9)),
                Arguments.of("fedadagrad", "{server: {type: adagrad, rate: 0.1}}",
                        new Combination(PLAIN, MEAN, adaptive(Rule.ADAGRAD, 0.1, 0, 0))),
                Arguments.of("fedadam", "{server: adam}",
                        new Combination(PLAIN, MEAN, adaptive(Rule.ADAM, 0.01, 0.9, 0.99))),
                Arguments.of("fedyogi", "{server: yogi}",
                        new Combination(PLAIN, MEAN, adaptive(Rule.YOGI, 0.01, 0.9, 0.99))),
                Arguments.of("scaffold", "{drift: scaffold, aggregate: {type: mean, weighting: uniform}}",
                        new Combination(PLAIN.withDrift(Drift.SCAFFOLD), UNIFORM, ServerSgd.AVERAGING)),
                Arguments.of("fednova", "{aggregate: normalizedMean}",
                        new Combination(PLAIN, new NormalizedMean(Weighting.EXAMPLES), ServerSgd.AVERAGING)),
                Arguments.of("qfedavg", "{aggregate: fairMean}",
                        new Combination(PLAIN.withMeasuredStart(), new FairMean(1, OptionalDouble.empty()),
                                ServerSgd.AVERAGING)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aNameIsShortForACombination(String name, String axes, Combination combination) {
        assertThat(read("strategy: " + name)).isEqualTo(combination.among(2));
        if (!name.equals("fedsgd")) { // which is about training
            assertThat(read("strategy: {type: combined, " + axes.substring(1))).isEqualTo(combination.among(2));
        }
    }

    @Test
    void namesThatAreAboutTrainingChangeIt() {
        assertThat(read("strategy: {type: fedprox, mu: 0.5}")).isEqualTo(read("training: {proximalMu: 0.5}"))
                .isEqualTo(Strategies.fedProx(PLAIN, Weighting.EXAMPLES, 0.5).among(2));
        assertThat(read("strategy: {type: feddyn, alpha: 0.2}"))
                .isEqualTo(read("training: {proximalMu: 0.2}\nstrategy: {type: combined, drift: feddyn, "
                        + "aggregate: {type: mean, weighting: uniform}}"))
                .isEqualTo(new Combination(PLAIN.withProximalMu(0.2).withDrift(Drift.FEDDYN), UNIFORM,
                        ServerSgd.AVERAGING).among(2));
        assertThat(read("strategy: fedsgd")).isEqualTo(read("training: {batchSize: all, shuffle: false}"));
    }

    @Test
    void updatesMayCountAsTheyCome() {
        Staleness root = new Staleness.Polynomial(0.5);
        assertThat(read("strategy: {type: fedbuff, size: 2, serverRate: 0.7}"))
                .isEqualTo(read("strategy: {type: combined, aggregate: {type: mean, weighting: uniform}, "
                        + "server: {type: sgd, rate: 0.7}, buffer: {type: buffered, size: 2}}"))
                .isEqualTo(Strategies.fedBuff(PLAIN, 0.7, 2, root).among(2));
        assertThat(read("cohort: {minimumReports: 1}\ntraining: {proximalMu: 0.01}\n"
                + "strategy: {type: fedasync, alpha: 0.9, staleness: {type: hinge, slope: 2, free: 3}}"))
                .isEqualTo(Strategies.fedAsync(PLAIN.withProximalMu(0.01), 0.9, new Staleness.Hinge(2, 3)).among(2));
        assertThat(read("strategy: {type: combined, aggregate: median, server: adam, buffer: {type: buffered, size: 4, "
                + "staleness: constant, mostStale: 9, mixes: models}}\ncohort: {nodes: 5, minimumReports: 3}")
                .buffering()).contains(new Buffering(4, new Staleness.Constant(), 9, Mixing.MODELS));
        assertThat(read("strategy: {type: combined, buffer: none}").buffering()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fedavg", "fedsgd", "fedavgm", "fedmom", "fedprox", "fedadagrad", "fedadam", "fedyogi",
            "scaffold", "fednova", "qfedavg", "fedbuff, size: 2"})
    void serverRateOfEachNameMayFollowASchedule(String name) {
        Combination combination =
                read("strategy: {type: " + name + ", serverRate: {type: step, from: 2, factor: 0.5, every: 3}}");
        assertThat(combination.optimizer())
                .isEqualTo(combination.optimizer().at(new Schedule.Step(2, 3, 0.5)))
                .isNotEqualTo(combination.optimizer().at(new Schedule.Step(2, 3, 0.4)));
    }

    @Test
    void ratesFollowSchedules() {
        Combination combination = read("training: {steps: 7, rate: {type: cosine, from: 0.1, to: 0.02}}\n"
                + "strategy: {type: fedavg, serverRate: {type: step, from: 2, factor: 0.5, every: 2, warmUp: 1}}");

        assertThat(combination.rate()).isEqualTo(new Schedule.Cosine(0.1, 0.02, 5));
        assertThat(combination.optimizer())
                .isEqualTo(new ServerSgd(new Schedule.WarmUp(1, new Schedule.Step(2, 2, 0.5)), 0));
        assertThat(combination.training().steps()).isEqualTo(OptionalInt.of(7));
        assertThat(read("training: {rate: {type: linear, from: 0.1, to: 0.02}}").rate())
                .isEqualTo(new Schedule.Linear(0.1, 0.02, 5));
        assertThat(read("training: {rate: {type: inverseRoot, from: 0.1}}").rate())
                .isEqualTo(new Schedule.InverseRoot(0.1));
        assertThat(read("training: {rate: {type: constant, from: 0.1}}").rate()).isEqualTo(constant(0.1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "training: {epochs: 3}^strategy: fedsgd|training.epochs: with fedsgd each node makes one step",
            "training: {proximalMu: 1}^strategy: fedprox|training.proximalMu: with fedprox this is strategy.mu",
            "training: {momentum: 0.9}^strategy: scaffold|training.momentum: scaffold corrects gradients",
            "strategy: {type: combined, drift: feddyn}|training.proximalMu: drift: feddyn takes this",
            "strategy: {type: fedprox, mu: 2}|training.rate: rate times the sum of weightDecay and mu is 0.2",
            "training: {rate: {type: linear, from: 0.1, to: 9}, weightDecay: 0.02}|"
                    + "rate times weightDecay is 0.18",
            "training: {steps: 1, momentum: 0.5}|training.momentum: each node makes one step a round",
            "strategy: scaffold^cohort: {nodes: 100, size: 10}|"
                    + "expected cohort.size: 40 or more, or strategy: fedprox",
            "strategy: {type: combined, aggregate: bulyan}|"
                    + "strategy.aggregate: bulyan with f: 1 needs 7 updates, and a round has 2 at most; expected cohort.nodes and"
                    + " minimumReports: 7 or more",
            "strategy: {type: combined, aggregate: {type: krum, f: 2, bucket: 3}}^cohort: {nodes: 30, minimumReports: 15}|"
                    + "krum with f: 2, bucket: 3 needs 19 updates",
            "strategy: {type: combined, aggregate: {type: krum, f: 2}, buffer: {type: buffered, size: 5}}^cohort: {nodes: 10, minimumReports: 5}|"
                    + "krum with f: 2 needs 7 updates, and a round is content with 5; expected cohort.minimumReports: 7 or more and a buffer of as many, or f: 1",
            "strategy: {type: combined, aggregate: {type: krum, f: 2}, buffer: {type: buffered, size: 5}}^cohort: {nodes: 10, minimumReports: 7}|"
                    + "no fewer than 7 are to make one; expected a buffer of 7 or more",
            "strategy: {type: combined, aggregate: {type: krum, f: 4}}^cohort: {nodes: 10, minimumReports: 5}|"
                    + "strategy.aggregate: krum with f: 4 needs 11 updates, and a round has 10 at most; expected f: 3 with cohort.minimumReports: 9 or more",
            "strategy: {type: combined, aggregate: {type: trimmedMean, f: 5}}^cohort: {nodes: 10, minimumReports: 5}|"
                    + "needs 11 updates, and a round has 10 at most; expected f: 4 with cohort.minimumReports: 9 or more",
            "strategy: {type: combined, aggregate: {type: bulyan, f: 2}}^cohort: {nodes: 10, minimumReports: 5}|"
                    + "needs 11 updates, and a round has 10 at most; expected f: 1 with cohort.minimumReports: 7 or more",
            "strategy: {type: combined, aggregate: {type: multiKrum, f: 1, keep: 100}}^cohort: {nodes: 10, minimumReports: 5}|"
                    + "multiKrum with f: 1, keep: 100 needs 101 updates, and a round has 10 at most; expected keep: 9 with cohort.minimumReports: 10 or more",
            "strategy: {type: combined, aggregate: {type: median, bucket: 50}}^cohort: {nodes: 10, minimumReports: 5}|"
                    + "strategy.aggregate: with bucket: 50 all 10 updates of a round fall into one, so that median sees nothing but their mean; expected bucket: 4 or less",
            "strategy: {type: combined, aggregate: {type: krum, bucket: 50}}^cohort: {nodes: 10, minimumReports: 5}|"
                    + "krum with f: 1, bucket: 50 needs 201 updates, and a round has 10 at most; expected bucket: 2 with cohort.minimumReports: 9 or more",
            "strategy: {type: combined, aggregate: median, drift: scaffold}^cohort: {nodes: 3, minimumReports: 3}|"
                    + "strategy.drift: scaffold keeps the mean of what all nodes report",
            "strategy: scaffold^cohort: {nodes: 4, size: 5}|scaffold has to know among how many nodes a round is drawn, and the"
                    + " run begins with 4; expected cohort.nodes: as many as nodes take part, 5 or more",
            "strategy: scaffold^cohort: {size: 5}^simulation: {partition: {type: iid, clients: 30}}|expected cohort.nodes: 30, as"
                    + " many as simulation.partition has clients, or as nodes take part",
            "strategy: feddyn^cohort: {size: 5}^simulation: {partition: {type: column, column: x}}|expected cohort.nodes: as many"
                    + " as nodes take part, 5 or more",
            "strategy: scaffold^compression: {values: int8, topK: 0.1}|compression: of what scaffold sends",
            "strategy: {type: combined, aggregate: fairMean, drift: scaffold}|strategy.drift: scaffold keeps the mean",
            "strategy: {type: fedavg, serverRate: {type: step, from: 1, factor: 1.0E-90}}|strategy.serverRate: in round 5 the"
                    + " rate would be 0.0, expected a finite number greater than 0; a factor nearer",
            "strategy: {type: combined, server: {type: adam, rate: {type: step, from: 1, factor: 1.0E80}}}|"
                    + "strategy.server.rate: in round 5 the rate would be Infinity",
            "training: {rate: {type: step, from: 0.1, factor: 1.0E-90}}|training.rate: in round 5 the rate would be 0.0",
            "strategy: fedbuff|cohort.nodes: a buffer holds 10 updates, each of another node, and the run begins with 2 nodes;"
                    + " expected cohort.nodes: 10 or more, or a buffer of 2",
            "strategy: fedasync|cohort.minimumReports: the model makes a step of 1 update, and no fewer than 2 are to make one;"
                    + " expected cohort.minimumReports: 1, which lets a single node's update be seen, or strategy: {type: fedbuff, size: 2}",
            "strategy: {type: fedbuff, size: 3}^cohort: {nodes: 9, size: 6, overSelection: 1.5}|"
                    + "cohort.overSelection: without rounds nobody waits for the slowest",
            "strategy: {type: fedbuff, size: 3}^cohort: {nodes: 9, select: {type: poisson, rate: 0.5}}|"
                    + "cohort.select: poisson chooses the nodes of a whole round",
            "strategy: {type: combined, drift: scaffold, aggregate: {type: mean, weighting: uniform}, buffer: {type: buffered,"
                    + " size: 2}}|strategy.drift: scaffold keeps in step",
            "strategy: {type: fedbuff, size: 2}^personalization: ditto|personalization: ditto goes with rounds, and fedbuff has"
                    + " none; expected personalization: fineTuning",
            "strategy: {type: fedbuff, size: 2}^evaluation: {crossSite: true}|evaluation.crossSite: nodes train for it as in a"
                    + " round, and fedbuff has none",
            "strategy: {type: combined, aggregate: {type: fltrust, rows: clean}, buffer: {type: buffered, size: 2}}|"
                    + "strategy.aggregate: with fltrust the coordinator trains on rows of its own once a round",
            "strategy: feddyn^cohort: {nodes: 100, size: 39}|with 39 of 100 nodes in each of 5 rounds"})
    void whatCannotWorkIsRefusedWithWhatWould(String lines, String problem) {
        String text = RunFileTest.SHORTEST + lines.replace("^", "\n") + "\n";
        assertThat(catchThrowableOfType(InvalidSpecException.class, () -> RunFileTest.read(text)))
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fedavg", "fedsgd", "fedavgm", "{type: fedprox, mu: 0.5}", "fedadagrad", "fedadam",
            "fedyogi",
            "scaffold", "fednova", "feddyn", "{type: qfedavg, q: 2}", "{type: fedbuff, size: 44, mostStale: 3}",
            "{type: combined, aggregate: median, buffer: {type: buffered, size: 40, staleness: {type: hinge, free: 2}}}",
            "{type: combined, server: yogi, buffer: {type: buffered, size: 50, staleness: constant, mixes: models}}",
            "{type: combined, aggregate: median, server: {type: sgd, momentum: 0.5}}",
            "{type: combined, aggregate: {type: trimmedMean, f: 2}}",
            "{type: combined, aggregate: {type: meanAroundMedian, bucket: 2}}", "{type: combined, aggregate: krum}",
            "{type: combined, aggregate: {type: multiKrum, keep: 3}}", "{type: combined, aggregate: multiKrum}",
            "{type: combined, aggregate: bulyan, server: adam}",
            "{type: combined, aggregate: {type: geometricMedian, weighting: uniform, iterations: 9}}",
            "{type: combined, aggregate: {type: normBound, norm: 0.3}}",
            "{type: combined, aggregate: {type: centredClipping, bucket: 3}}",
            "{type: combined, aggregate: {type: fairMean, lipschitz: 3}}",
            "{type: combined, aggregate: {type: fltrust, rows: clean}}",
            "{type: combined, aggregate: {type: fltrust, rows: 'a \"b\" #c', bucket: 2}}",
            "{type: fedavg, serverRate: {type: linear, from: 1, to: 0.1, warmUp: 2}}",
            "{type: fedadam, serverRate: {type: inverseRoot, from: 1}}",
            "{type: fedmom, serverRate: 0.5, serverMomentum: 0.3}",
            "{type: fedyogi, serverRate: {type: cosine, from: 1, to: 0.5}}",
            "{type: fedavg, serverRate: {type: constant, from: 0.5, warmUp: 1}}",
            "{type: fedavg, serverRate: {type: step, from: 1, factor: 0.7, every: 3}}"})
    void inFullItIsTheSame(String strategy) {
        String cohort = "cohort: {nodes: 50, minimumReports: 40}\n";
        RunSpec spec = RunFileTest.read(RunFileTest.SHORTEST + cohort + "strategy: " + strategy + "\n");

        RunSpec again = RunFileTest.read(RunFileTest.SHORTEST + cohort + StrategyText.of(spec));

        assertThat(again).isEqualTo(spec);
    }

    @Test
    void inFullItTellsStepsOrEpochs() {
        for (String training : List.of("{steps: 7, batchSize: all, rate: 0.2}", "{epochs: 3, shuffle: false}",
                "{clipNorm: 2.5}", "{clipNorm: none}",
                "{proximalMu: 0.5, weightDecay: 0.01, rate: {type: linear, from: 0.1, to: 0.01, warmUp: 2}}")) {
            RunSpec spec = RunFileTest.read(RunFileTest.SHORTEST + "training: " + training + "\n");
            assertThat(RunFileTest.read(RunFileTest.SHORTEST + StrategyText.of(spec))).isEqualTo(spec);
        }
    }

    @Test
    void whoIsAskedTwiceMayRemember() {
        assertThat(read("strategy: scaffold\ncohort: {nodes: 100, size: 40}").population()).isEqualTo(100);
    }
}
