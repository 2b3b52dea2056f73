package dev.hansa.spec;

import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.privacy.accounting.UncountedEventException;
import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Value;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says of what cannot be promised where in the file it stands. */
final class PrivacyRefusals {
    /** What core says of one of the keys. */
    private static final Pattern OF_A_KEY = Pattern.compile("privacy\\.([\\w.]+) (is .*)", Pattern.DOTALL);

    private PrivacyRefusals() {}

    /** The run with what is promised of it; if that cannot be promised, the document says why. */
    static RunSpec promised(Entries run, RunSpec spec) {
        Choice choice = run.get(PrivacyKeys.PRIVACY);
        Value place = run.at(PrivacyKeys.PRIVACY);
        try {
            RunSpec promised =
                    PrivacyKeys.apply(choice, spec, CohortKeys.perRound(run.get(CohortKeys.COHORT)));
            if (choice.entries().find(PrivacyKeys.ACCOUNTANT).filter(word -> !word.equals("auto")).isPresent()) {
                promised.privacy().ifPresent(PrivacyRefusals::requireCounted);
            }
            return promised;
        } catch (UncountedEventException e) {
            place.at("accountant").problem("it cannot count how the cohort of a round comes about (cohort.size,"
                    + " cohort.select), or this noise: what it knows would state too small an epsilon; expected auto,"
                    + " which takes one that can");
        } catch (IllegalArgumentException e) {
            refuse(place, String.valueOf(e.getMessage()));
        }
        return spec;
    }

    /** An accountant that was chosen is asked once: without a budget nothing else has asked it. */
    private static void requireCounted(PrivacyPlan plan) {
        if (Double.isNaN(plan.epsilon(1))) {
            throw new IllegalArgumentException("the accountant tells no number for one round");
        }
    }

    private static void refuse(Value place, String message) {
        Matcher ofKey = OF_A_KEY.matcher(message);
        if (ofKey.matches()) {
            place.at(ofKey.group(1)).problem("it " + ofKey.group(2));
        } else {
            (message.startsWith("the noise multiplier") ? place.at("noise") : place).problem(message);
        }
    }
}
