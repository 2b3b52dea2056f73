package dev.hansa.spec;

import static dev.hansa.spec.RunFileProblems.bad;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that keys cannot have. */
class InvalidValuesTest {

    static Stream<Arguments> lines() {
        String metrics =
                "loss, rmse, mae, r2, accuracy, f1, balancedAccuracy, auc, calibrationError, logLoss or perplexity,"
                        + " also as central.loss";
        return Stream.of(
                // values
                bad("hansa: 1", "hansa: 2", "1:8: hansa: found \"2\", expected 1"),
                bad("irises", "Iris flowers",
                        "2:7: name: found \"Iris flowers\", expected at most 63 lower-case letters, "
                                + "digits and hyphens, such as boston-housing"),
                bad("rounds: 50", "rounds: 0", "9:9: rounds: found \"0\", expected a whole number of 1 or more"),
                bad("rounds: 50", "rounds: '50'",
                        "9:9: rounds: found the text \"50\", expected a whole number of 1 or more"),
                bad("rounds: 50", "rounds: 5.5", "9:9: rounds: found \"5.5\", expected a whole number of 1 or more"),
                bad("rounds: 50", "rounds: 9999999999999999999",
                        "9:9: rounds: found \"9999999999999999999\", expected a whole number of 1 or more"),
                bad("rate: 0.1", "rate: fast", "8:18: training.rate: found \"fast\", expected a number greater than 0"),
                bad("rate: 0.1", "rate: .inf", "8:18: training.rate: found \".inf\", expected a number greater than 0"),
                bad("rate: 0.1", "rate: 1e999",
                        "8:18: training.rate: found \"1e999\", expected a number greater than 0"),
                bad("rate: 0.1", "rate: 0x1p3",
                        "8:18: training.rate: found \"0x1p3\", expected a number greater than 0"),
                bad("rate: 0.1", "rate: [1]", "8:18: training.rate: found a list, expected a number greater than 0"),
                bad("rate: 0.1", "momentum: 1",
                        "8:22: training.momentum: found \"1\", expected a number from 0 to below 1"),
                bad("rate: 0.1", "weightDecay: -1",
                        "8:25: training.weightDecay: found \"-1\", expected a number of 0 or more"),
                bad("rate: 0.1", "batchSize: 0",
                        "8:23: training.batchSize: found \"0\", expected a whole number from 5 to 16777216, or all"),
                bad("rate: 0.1", "batchSize: 4",
                        "8:23: training.batchSize: found \"4\", expected a whole number from 5 to 16777216, or all"),
                bad("rate: 0.1", "batchSize: 16777217",
                        "8:23: training.batchSize: found \"16777217\", expected a whole number from 5 to 16777216, "
                                + "or all"),
                bad("rate: 0.1", "epochs: 10001",
                        "8:20: training.epochs: found \"10001\", expected a whole number from 1 to 10000"),
                bad("rate: 0.1", "rate: 0.001, weightDecay: 1000",
                        "8:38: training.weightDecay: rate times weightDecay is 1.0, expected at most 0.1: such steps "
                                + "forget all but the last rows"),
                bad("rate: 0.1", "weightDecay: 1.1",
                        "8:25: training.weightDecay: rate times weightDecay is 0.11000000000000001, expected at most "
                                + "0.1: such steps forget all but the last rows"),
                bad("rate: 0.1", "clipNorm: 0",
                        "8:22: training.clipNorm: found \"0\", expected a number greater than 0, or none"),
                bad("rate: 0.1", "clipNorm: -1",
                        "8:22: training.clipNorm: found \"-1\", expected a number greater than 0, or none"),
                bad("rate: 0.1", "clipNorm: 1e999",
                        "8:22: training.clipNorm: found \"1e999\", expected a number greater than 0, or none"),
                bad("rate: 0.1", "shuffle: yes", "8:21: training.shuffle: found \"yes\", expected true or false"),
                bad("{rate: 0.1}", "[0.1]", "8:11: training: found a list, expected a mapping with the keys epochs, "
                        + "steps, batchSize, rate, momentum, weightDecay, shuffle, proximalMu, clipNorm"),
                bad("nodes: 3", "deadline: 60",
                        "10:20: cohort.deadline: found \"60\", expected a duration from 1s to 9999d "
                                + "such as 10m or 1h30m (units d, h, m, s)"),
                bad("nodes: 3", "deadline: 0s",
                        "10:20: cohort.deadline: found \"0s\", expected a duration from 1s to 9999d "
                                + "such as 10m or 1h30m (units d, h, m, s)"),
                bad("metric: rmse", "metric: rsme",
                        "12:25: stop.target.metric: found \"rsme\", expected " + metrics),
                bad("rounds: 50", "rounds: 50\nseed: x", "10:7: seed: found \"x\", expected a whole number from "
                        + "-9223372036854775808 to 9223372036854775807"),
                // alternatives
                bad("model: linear", "model: liner", "7:8: model: found \"liner\", expected linear, softmax, "
                        + "{type: mlp, hidden: …}, {type: cnn, height: …, width: …, filters: …}, lstm or gru; "
                        + "did you mean linear?"),
                bad("model: linear", "model: {type: linear, precision: half}",
                        "7:34: model.precision: found \"half\", expected double or single"),
                bad("model: linear", "model: {type: mlp, hidden: [3], normalize: batch, precision: single}",
                        "7:8: model: layers are normalised in double precision alone"),
                bad("model: linear", "model: {type: cnn, height: 8, width: 8, filters: [2], side: 4}",
                        "7:8: model: the filters are 4 points wide, expected an odd number, such as 3 or 5"),
                bad("model: linear", "model: linear\nstrategy: {type: fedadm}",
                        "8:18: strategy.type: found \"fedadm\", expected fedavg, fedsgd, fedavgm, fedmom, fedprox, "
                                + "fedadagrad, fedadam, fedyogi, scaffold, fednova, feddyn, qfedavg, fedbuff, fedasync "
                                + "or combined; did you mean fedadam?"),
                bad("{rate: 0.1}", "{rate: {type: cosin, from: 1, to: 2}}",
                        "8:25: training.rate.type: found \"cosin\", expected constant, step, linear, cosine or "
                                + "inverseRoot; did you mean cosine?"),
                bad("model: linear", "model: mlp",
                        "7:8: model.hidden: missing, expected a list of 1 to 100 values, each a whole number of 1 or more"),
                bad("model: linear", "model: {type: mlp, hidden: []}",
                        "7:28: model.hidden: found a list, expected a list "
                                + "of 1 to 100 values, each a whole number of 1 or more"),
                bad("model: linear", "model: {type: mlp, hidden: [8, 0]}",
                        "7:32: model.hidden[1]: found \"0\", expected a whole number of 1 or more"),
                bad("rounds: 50", "rounds: 50\nstrategy: fedavgg",
                        "10:11: strategy: found \"fedavgg\", expected fedavg, fedsgd, fedavgm, fedmom, fedprox, fedadagrad, fedadam, "
                                + "fedyogi, scaffold, fednova, feddyn, qfedavg, fedbuff, fedasync or combined; did you mean fedavg?"),
                bad("holdOut: {every: 5}", "holdOut: {every: 1}",
                        "6:20: data.holdOut.every: found \"1\", expected a whole number of 2 or more"),
                bad("holdOut: {every: 5}", "holdOut: {column: t}",
                        "6:12: data.holdOut.value: missing, expected a text of at most 256 characters without "
                                + "blanks around it, none of them a control character"),
                bad("holdOut: {every: 5}", "holdOut: 5",
                        "6:12: data.holdOut: found \"5\", expected none, {every: …} or {column: …, value: …}"),
                bad("value: 4.5", "", "12:16: stop.target.value: missing, expected a number"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aProblemIsNamedWithItsPlace(String good, String bad, String problem) {
        RunFileProblems.check(good, bad, problem);
    }
}
