package dev.hansa.spec;

import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Value;
import java.util.Locale;

/** What a run file promises of privacy, and hardly anybody means to promise. */
final class PrivacyOddities {
    /** More than that says little. */
    private static final double LARGE = 10;
    /** So likely it may be at most that somebody's data are given away. */
    private static final double LIKELY = 0.1;

    /** Fewer to train on hardly any node has. */
    private static final double ROWS = 100;

    private PrivacyOddities() {}

    /**
     * Adds warnings to the document.
     *
     * @param plan   of the run
     * @param rounds that it is to have
     * @param nodes  how many there are; the largest number if that is not known
     */
    static void check(Entries run, PrivacyPlan plan, int rounds, int nodes) {
        Value privacy = run.at(PrivacyKeys.PRIVACY);
        budget(privacy, plan, rounds);
        if (plan.privacy().mechanism().hidesRows()) { // updates tell how many there are: no weighting is odd
            deltaOfRows(privacy, plan.privacy().delta());
            return;
        }
        delta(privacy, plan.privacy().delta(), nodes);
        Choice strategy = run.get(RunKeys.STRATEGY);
        weighting(strategy.entries());
        strategy.entries().find(AxisKeys.AGGREGATE).map(Choice::entries).ifPresent(PrivacyOddities::weighting);
    }

    private static void budget(Value privacy, PrivacyPlan plan, int rounds) {
        boolean bounded = plan.privacy().epsilon().isPresent();
        if (plan.rounds() < rounds) {
            privacy.at("epsilon").warning("the budget lasts for " + plan.rounds() + " of " + rounds
                    + " rounds, and the run ends there; more noise, or noise: auto, lets it have all");
        }
        double epsilon = plan.epsilon(plan.rounds());
        if (epsilon > LARGE) {
            privacy.at(bounded ? "epsilon" : "noise").warning("epsilon comes to " + upwards(epsilon)
                    + ", and more than " + (int) LARGE + " promises next to nothing; more noise, or fewer rounds,"
                    + " promises more");
        }
    }

    private static void delta(Value privacy, double delta, int nodes) {
        if (nodes < Integer.MAX_VALUE && delta * nodes > LIKELY) {
            long runs = Math.max(1, Math.round(1 / (delta * nodes)));
            privacy.at("delta")
                    .warning("it is " + delta + ", and there are " + nodes + " nodes: to give away one of them whole "
                            + (runs == 1 ? "in each run" : "in one run of " + runs)
                            + " would keep such a promise; expected at most " + LIKELY / nodes);
        }
    }

    /** How many rows there are no run file says; each node refuses what cannot hold for its own. */
    private static void deltaOfRows(Value privacy, double delta) {
        if (delta > LIKELY / ROWS) {
            privacy.at("delta").warning("it is " + delta + ", and a node that has " + (long) Math.ceil(1 / delta)
                    + " rows or more refuses: to give away one of them whole would keep such a promise; expected at most a"
                    + " tenth of one by the rows of the largest node, such as 1e-5");
        }
    }

    private static void weighting(Entries entries) {
        entries.find(AggregateKeys.WEIGHTING)
                .filter(word -> entries.isGiven(AggregateKeys.WEIGHTING) && !word.equals("uniform"))
                .ifPresent(
                        word -> entries.at(AggregateKeys.WEIGHTING).warning("with privacy no node tells with an update"
                                + " how many rows are behind it, and all count the same; uniform says so"));
    }

    private static String upwards(double value) {
        return String.format(Locale.ROOT, "%.1f", Math.ceil(value * 10) / 10);
    }
}
