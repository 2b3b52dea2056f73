package dev.hansa.core.coordinator.select;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Draw;
import dev.hansa.core.privacy.event.Sampling;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Each client by a coin of its own: McMahan, Ramage, Talwar, Zhang, <i>Learning Differentially Private Recurrent Language
 * Models</i>, ICLR 2018, Algorithm 1, "add each user to the sample with probability q". How many are chosen is chance; a
 * client's coin does not depend on who else is there.
 *
 * <p>The sample is never conditioned. One that is too small for the round is told of as abandoned, and another is drawn:
 * to whoever accounts for privacy it was a draw like any other and is to be charged as one. Who would charge only the draws
 * that are large enough would charge a sample that depends on its other members, which no theorem on amplification by
 * Poisson sampling speaks of (Mironov, Talwar, Zhang, <i>Rényi Differential Privacy of the Sampled Gaussian Mechanism</i>,
 * 2019). Those theorems also want the sample secret: who knows the run's seed knows the sample, so that where privacy is
 * charged the coins are {@link dev.hansa.core.coordinator.Coins.Secret}.
 *
 * @param rate the probability of each client; above 0, at most 1
 */
public record Poisson(double rate) implements CohortSelector {

    public Poisson {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate is " + rate + ", expected a number above 0, at most 1");
        }
    }

    @Override
    public SortedSet<String> select(Draw draw) {
        SortedSet<String> chosen = new TreeSet<>();
        for (String client : draw.available()) {
            if (draw.coins().falls(client, rate)) {
                chosen.add(client);
            }
        }
        return chosen;
    }

    @Override
    public Optional<Sampling> sampling(Cohort cohort) {
        return Optional.of(new Sampling.Poisson(rate));
    }

    @Override
    public boolean choosesOneByOne() {
        return false;
    }

    @Override
    public Optional<String> objection(Cohort cohort) {
        if (cohort.size().isPresent()) {
            return Optional.of("poisson draws as many nodes as chance wants, " + average(cohort.nodes()) + " of "
                    + cohort.nodes() + " on average; leave cohort.size out, or take uniform");
        }
        int minimum = cohort.minimumReports();
        return rate * cohort.nodes() >= minimum
                ? Optional.empty()
                : Optional.of("a rate of " + rate + " draws " + average(cohort.nodes()) + " of " + cohort.nodes()
                        + " nodes on average, fewer than the " + minimum + " of minimumReports; expected a rate of at"
                        + " least " + String.format(Locale.ROOT, "%.3g", (double) minimum / cohort.nodes()) + ", or "
                        + (int) Math.ceil(minimum / rate) + " nodes");
    }

    private String average(int nodes) {
        return String.format(Locale.ROOT, "%.3g", rate * nodes);
    }
}
