package dev.hansa.spec;

import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Schedule;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerOptimizer;
import dev.hansa.core.strategy.ServerSgd;
import java.util.Locale;

/** A run's strategy in full: every axis, whatever name it was written by. Read again, it is the same strategy. */
public final class StrategyText {

    private StrategyText() {}

    /**
     * The sections {@code training} and {@code strategy} of a run file.
     *
     * @throws IllegalArgumentException if the strategy is none that a run file can name
     */
    public static String of(RunSpec spec) {
        if (!(spec.strategy() instanceof Combination combination)) {
            throw new IllegalArgumentException("the strategy " + spec.strategy().getClass().getSimpleName()
                    + " is none that a run file can name");
        }
        LocalTraining training = combination.training();
        return "training:\n"
                + (training.steps().isPresent()
                        ? "  steps: " + training.steps().getAsInt() + "\n"
                        : "  epochs: " + training.epochs() + "\n")
                + "  batchSize: " + (training.batchSize() == LocalTraining.FULL_BATCH ? "all" : training.batchSize())
                + "\n"
                + "  rate: " + rate(combination.rate()) + "\n"
                + "  momentum: " + training.momentum() + "\n"
                + "  weightDecay: " + training.weightDecay() + "\n"
                + "  shuffle: " + training.shuffle() + "\n"
                + "  proximalMu: " + training.proximalMu() + "\n"
                + "strategy:\n"
                + "  type: " + StrategyKeys.COMBINED + "\n"
                + "  aggregate: " + AggregateKeys.text(combination.aggregator()) + "\n"
                + "  server: " + server(combination.optimizer()) + "\n"
                + "  drift: " + (training.drift() == Drift.UNCORRECTED ? "none" : word(training.drift())) + "\n"
                + "  buffer: " + combination.buffering().map(BufferKeys::text).orElse("none") + "\n";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String rate(Schedule schedule) {
        return schedule instanceof Schedule.Constant constant
                ? String.valueOf(constant.rate())
                : "{" + scheduleKeys(schedule) + "}";
    }

    private static String scheduleKeys(Schedule schedule) {
        if (schedule instanceof Schedule.WarmUp warmUp) {
            return scheduleKeys(warmUp.then()) + ", warmUp: " + warmUp.rounds();
        } else if (schedule instanceof Schedule.Step step) {
            return "type: step, from: " + step.from() + ", factor: " + step.factor() + ", every: " + step.every();
        } else if (schedule instanceof Schedule.Linear linear) {
            return "type: linear, from: " + linear.from() + ", to: " + linear.to();
        } else if (schedule instanceof Schedule.Cosine cosine) {
            return "type: cosine, from: " + cosine.from() + ", to: " + cosine.to();
        } else if (schedule instanceof Schedule.InverseRoot root) {
            return "type: inverseRoot, from: " + root.from();
        } else if (schedule instanceof Schedule.Constant constant) {
            return "type: constant, from: " + constant.rate();
        }
        throw new IllegalArgumentException("no run file can name the schedule " + schedule);
    }

    private static String server(ServerOptimizer optimizer) {
        if (optimizer instanceof ServerSgd sgd) {
            return "{type: sgd, rate: " + rate(sgd.rate()) + ", momentum: " + sgd.momentum() + "}";
        } else if (optimizer instanceof ServerAdaptive adaptive) {
            boolean adagrad = adaptive.rule() == ServerAdaptive.Rule.ADAGRAD;
            return "{type: " + word(adaptive.rule()) + ", rate: " + rate(adaptive.rate()) + ", beta1: "
                    + adaptive.beta1() + (adagrad ? "" : ", beta2: " + adaptive.beta2()) + ", tau: " + adaptive.tau()
                    + ", accumulator: " + adaptive.accumulator() + "}";
        }
        throw new IllegalArgumentException("no run file can name the optimiser " + optimizer);
    }
}
