package dev.hansa.core.coordinator;

import dev.hansa.core.model.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When a run ends before its last round. Looks at the evaluation of all clients together, or at that on the
 * coordinator's own rows.
 *
 * @param target   stop when the metric is this good
 * @param patience stop when the metric has not become better for so long
 */
public record StopRule(Optional<Target> target, Optional<Patience> patience) {

    /** Never before the last round. */
    public static final StopRule NEVER = new StopRule(Optional.empty(), Optional.empty());

    /**
     * @param metric a name of {@link Metrics}, perhaps behind {@link Metrics#CENTRAL}
     * @param value  inclusive, in the metric's unit
     */
    public record Target(String metric, double value) {
        public Target {
            Metrics.smallerIsBetter(metric);
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("the target of " + metric + " is " + value + ", expected a number");
            }
        }
    }

    /**
     * @param metric      a name of {@link Metrics}, perhaps behind {@link Metrics#CENTRAL}
     * @param rounds      at least 1
     * @param improvement the least change that counts as better; 0 or more
     */
    public record Patience(String metric, int rounds, double improvement) {
        public Patience {
            Metrics.smallerIsBetter(metric);
            if (rounds < 1 || !(improvement >= 0) || Double.isInfinite(improvement)) {
                throw new IllegalArgumentException(
                        "patience is " + rounds + " rounds with the improvement " + improvement
                                + ", expected at least 1 and 0 or more");
            }
        }
    }

    /** Why the run ends after these rounds, if it does. */
    public Optional<String> reason(List<RoundRecord> history) {
        Optional<String> reached = target.flatMap(rule -> reached(rule, history));
        return reached.isPresent() ? reached : patience.flatMap(rule -> stalled(rule, history));
    }

    private static Optional<String> reached(Target rule, List<RoundRecord> history) {
        OptionalDouble value = OptionalDouble.empty();
        for (int i = history.size() - 1; i >= 0 && !value.isPresent(); i--) {
            value = history.get(i).measured(rule.metric);
        }
        boolean reached = value.isPresent() && !Metrics.isBetter(rule.metric, rule.value, value.getAsDouble());
        return reached
                ? Optional.of("target reached: " + rule.metric + " " + value.getAsDouble() + ", wanted " + rule.value)
                : Optional.empty();
    }

    private static Optional<String> stalled(Patience rule, List<RoundRecord> history) {
        int bestRound = 0;
        double best = Double.NaN;
        int lastRound = 0;
        for (RoundRecord round : history) {
            OptionalDouble value = round.measured(rule.metric);
            if (!value.isPresent()) {
                continue;
            }
            lastRound = round.round();
            double step = Metrics.smallerIsBetter(rule.metric) ? -rule.improvement : rule.improvement;
            if (Double.isNaN(best) || Metrics.isBetter(rule.metric, value.getAsDouble(), best + step)) {
                best = value.getAsDouble();
                bestRound = lastRound;
            }
        }
        return !Double.isNaN(best) && lastRound - bestRound >= rule.rounds
                ? Optional.of("no better " + rule.metric + " than " + best + " of round " + bestRound + " in "
                        + (lastRound - bestRound) + " rounds")
                : Optional.empty();
    }
}
