package dev.hansa.spec;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.FairMean;
import dev.hansa.core.aggregate.NormalizedMean;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.aggregate.robust.Bucketing;
import dev.hansa.core.aggregate.robust.Bulyan;
import dev.hansa.core.aggregate.robust.CentredClipping;
import dev.hansa.core.aggregate.robust.CoordinateMedian;
import dev.hansa.core.aggregate.robust.GeometricMedian;
import dev.hansa.core.aggregate.robust.Krum;
import dev.hansa.core.aggregate.robust.MeanAroundMedian;
import dev.hansa.core.aggregate.robust.MultiKrum;
import dev.hansa.core.aggregate.robust.NormBound;
import dev.hansa.core.aggregate.robust.TrimmedMean;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.LocalTraining.Drift;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Schedule;
import dev.hansa.core.strategy.ServerAdaptive;
import dev.hansa.core.strategy.ServerOptimizer;
import dev.hansa.core.strategy.ServerSgd;
import java.util.Locale;
import java.util.OptionalDouble;

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
                + "  aggregate: " + aggregate(combination.aggregator()) + "\n"
                + "  server: " + server(combination.optimizer()) + "\n"
                + "  drift: " + (training.drift() == Drift.UNCORRECTED ? "none" : word(training.drift())) + "\n";
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

    private static String aggregate(Aggregator rule) {
        return rule instanceof Bucketing bucketing
                ? "{" + keys(bucketing.rule()) + ", bucket: " + bucketing.size() + "}"
                : "{" + keys(rule) + "}";
    }

    private static String keys(Aggregator rule) {
        if (rule instanceof WeightedMean mean) {
            return "type: mean" + weighting(mean.weighting());
        } else if (rule instanceof NormalizedMean mean) {
            return "type: normalizedMean" + weighting(mean.weighting());
        } else if (rule instanceof FairMean mean) {
            OptionalDouble lipschitz = mean.lipschitz();
            return "type: fairMean, q: " + mean.q() + ", lipschitz: "
                    + (lipschitz.isPresent() ? lipschitz.getAsDouble() : "auto");
        } else if (rule instanceof CoordinateMedian) {
            return "type: median";
        } else if (rule instanceof TrimmedMean mean) {
            return "type: trimmedMean, f: " + mean.f();
        } else if (rule instanceof MeanAroundMedian mean) {
            return "type: meanAroundMedian, f: " + mean.f();
        } else if (rule instanceof Krum krum) {
            return "type: krum, f: " + krum.f();
        } else if (rule instanceof MultiKrum krum) {
            return "type: multiKrum, f: " + krum.f() + ", keep: "
                    + (krum.m().isPresent() ? krum.m().getAsInt() : "auto");
        } else if (rule instanceof Bulyan bulyan) {
            return "type: bulyan, f: " + bulyan.f();
        } else if (rule instanceof GeometricMedian median) {
            return "type: geometricMedian" + weighting(median.weighting()) + ", smoothing: " + median.smoothing()
                    + ", iterations: " + median.iterations();
        } else if (rule instanceof NormBound bound) {
            return "type: normBound, norm: " + bound.clipNorm();
        } else if (rule instanceof CentredClipping clipping) {
            return "type: centredClipping, norm: " + clipping.clipNorm() + ", iterations: " + clipping.iterations();
        }
        throw new IllegalArgumentException("no run file can name the rule " + rule);
    }

    private static String weighting(Weighting weighting) {
        return ", weighting: " + word(weighting);
    }
}
