package dev.hansa.cli.promise;

import dev.hansa.cli.live.Format;
import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.question.Standardising;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What nodes tell of columns before the first round so that numbers can be standardised, at a cost.
 *
 * @param asked   of them
 * @param epsilon that it costs alone
 */
public record HiddenStatistics(Standardising asked, double epsilon) {

    /** Of the plan; empty if nothing is told, or nothing that is hidden. */
    static Optional<HiddenStatistics> of(PrivacyPlan plan) {
        return plan.statistics().map(asked -> new HiddenStatistics(asked, plan.epsilon(0)));
    }

    /** In sentences. */
    public String inWords() {
        return "Once before the first round each node tells of " + Format.count(asked.bounds().size(), "column")
                + " of numbers where values lie between the bounds that the run file declares, and their squares: "
                + (asked.ofRows() ? "sums over its rows" : "means over its rows, so that each node counts the same")
                + ". "
                + (asked.own() ? "It adds Gaussian noise to them first"
                        : "The coordinator adds Gaussian noise to their sum")
                + ", of the multiplier " + Amount.roundedUp(asked.noise(), 5) + ". That alone costs epsilon "
                + Amount.epsilon(epsilon) + "; it is counted in what the run costs.";
    }

    /** For machines. */
    Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("epsilon", epsilon);
        object.put("noise", asked.noise());
        object.put("columns", asked.bounds().keySet());
        return object;
    }
}
