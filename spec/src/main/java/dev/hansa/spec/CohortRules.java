package dev.hansa.spec;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Key;
import java.util.OptionalInt;

/** What may not stand together under {@code cohort}, as {@link Contradictions} for the rest. */
final class CohortRules {
    private final Entries cohort;
    private boolean good = true;

    private CohortRules(Entries cohort) {
        this.cohort = cohort;
    }

    /** Adds the problems of the cohort to its document. */
    static void check(Entries cohort) {
        CohortRules rules = new CohortRules(cohort);
        rules.numbers();
        if (rules.good && cohort.isWhole() && cohort.get(CohortKeys.SELECT).entries().isWhole()) {
            rules.selector();
        }
    }

    private void numbers() {
        int minimum = cohort.find(CohortKeys.MINIMUM_REPORTS).orElse(1);
        OptionalInt nodes = cohort.find(CohortKeys.NODES).map(OptionalInt::of).orElse(OptionalInt.empty());
        atLeast(minimum, CohortKeys.NODES, nodes);
        OptionalInt size = cohort.find(CohortKeys.SIZE).orElse(OptionalInt.empty());
        atLeast(minimum, CohortKeys.SIZE, size);
        if (!size.isPresent() && cohort.find(CohortKeys.OVER_SELECTION).orElse(1.0) > 1) {
            problem(CohortKeys.OVER_SELECTION, "without a size all nodes are asked anyway; set cohort.size");
        }
    }

    private void atLeast(int minimum, Key<?> key, OptionalInt value) {
        if (value.isPresent() && value.getAsInt() < minimum) {
            problem(key, key.name() + " is " + value.getAsInt() + ", expected at least the " + minimum
                    + " of minimumReports");
        }
    }

    private void selector() {
        Cohort plain = new Cohort(cohort.get(CohortKeys.NODES), cohort.get(CohortKeys.SIZE),
                cohort.get(CohortKeys.MINIMUM_REPORTS), cohort.get(CohortKeys.OVER_SELECTION),
                cohort.get(CohortKeys.DEADLINE), false);
        Key<?> key = cohort.get(CohortKeys.SEPARATION) > 0 ? CohortKeys.SEPARATION : CohortKeys.SELECT;
        CohortKeys.selector(cohort).objection(plain).ifPresent(objection -> problem(key, objection));
    }

    private void problem(Key<?> key, String message) {
        good = false;
        cohort.at(key).problem(message);
    }
}
