package dev.hansa.core.coordinator;

import dev.hansa.core.mechanism.Drawing;
import dev.hansa.core.privacy.Mechanism;
import dev.hansa.core.privacy.Mechanism.Central;
import dev.hansa.core.privacy.Mechanism.Correlated;
import dev.hansa.core.privacy.event.Adjacency;
import dev.hansa.core.privacy.event.Sampling;

/** What may be charged for how the cohorts of a run are drawn. */
final class PrivateCohort {
    private PrivateCohort() {}

    /** @throws IllegalArgumentException if the cohort is drawn in a way that nothing is proven of */
    static Drawing drawing(Mechanism mechanism, Cohort cohort) {
        if (cohort.overSelection() > 1 && !mechanism.protectsFromCoordinator()) {
            throw new IllegalArgumentException("cohort.overSelection is " + cohort.overSelection()
                    + ": who is too late then depends on others, so that one node can change which of them count;"
                    + " expected 1 with privacy by noise in the sum");
        }
        if (mechanism instanceof Central) {
            return ofChance(cohort);
        }
        // chance hides nobody: noise that lasts over rounds needs none, and of the others the coordinator knows who is drawn
        Adjacency adjacency = mechanism instanceof Mechanism.Local ? Adjacency.REPLACE_ONE : Adjacency.ZERO_OUT;
        int separation = mechanism instanceof Correlated ? cohort.selector().separation() : 1;
        return new Drawing(new Sampling.Everyone(), adjacency, cohort.asked().orElse(cohort.nodes()),
                cohort.minimumReports(), cohort.minimumReports(), separation);
    }

    private static Drawing ofChance(Cohort cohort) {
        Sampling sampling = cohort.selector().sampling(cohort)
                .orElseThrow(() -> new IllegalArgumentException("nothing is proven of the privacy of cohorts that are"
                        + " chosen by " + cohort.selector().getClass().getSimpleName()
                        + "; expected cohort.select: uniform or poisson, and no cohort.separation (with that,"
                        + " privacy: {type: correlated} is what fits)"));
        int least = cohort.minimumReports();
        if (sampling instanceof Sampling.Poisson poisson) {
            return new Drawing(sampling, Adjacency.ADD_OR_REMOVE_ONE, poisson.rate() * cohort.nodes(), 1, 0, 1);
        }
        return sampling instanceof Sampling.FixedSize
                ? new Drawing(sampling, Adjacency.REPLACE_ONE, cohort.size().getAsInt(), cohort.nodes(), least, 1)
                : new Drawing(sampling, Adjacency.ZERO_OUT, cohort.nodes(), least, least, 1);
    }
}
