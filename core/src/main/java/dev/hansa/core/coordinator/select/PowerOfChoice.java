package dev.hansa.core.coordinator.select;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Draw;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Of some candidates those who have most to learn: Cho, Wang, Joshi, <i>Towards Understanding Biased Client Selection in
 * Federated Learning</i>, AISTATS 2022 (as <i>Client Selection in Federated Learning: Convergence Analysis and
 * Power-of-Choice Selection Strategies</i>, 2020), the variant rpow-d: d candidates are drawn by size of data ({@link
 * BySize}), and of these the m with the largest loss F_k in their own last training are chosen, which costs no question. Who
 * never trained counts as infinitely bad and comes first; of equals, who was drawn first.
 *
 * <p>Who tells of a larger loss than it had is chosen more often.
 *
 * @param candidates the paper's d; at least 1. As many as clients are to be chosen, or fewer, is choice by size
 */
public record PowerOfChoice(int candidates) implements CohortSelector {

    public PowerOfChoice {
        if (candidates < 1) {
            throw new IllegalArgumentException("candidates is " + candidates + ", expected at least 1");
        }
    }

    @Override
    public SortedSet<String> select(Draw draw) {
        List<String> drawn = BySize.drawn(draw, Math.max(candidates, draw.wanted()));
        Map<String, Double> losses = draw.lastLosses(new TreeSet<>(drawn));
        Comparator<String> worstFirst = Comparator
                .<String>comparingDouble(client -> losses.getOrDefault(client, Double.POSITIVE_INFINITY)).reversed();
        SortedSet<String> chosen = new TreeSet<>();
        drawn.stream().sorted(worstFirst).limit(draw.wanted()).forEach(chosen::add);
        return chosen;
    }

    @Override
    public Optional<String> objection(Cohort cohort) {
        if (!cohort.size().isPresent()) {
            return Optional
                    .of("without a cohort.size all nodes are asked, whatever their loss; set cohort.size to fewer"
                            + " than the " + candidates + " candidates");
        }
        int asked = cohort.asked().getAsInt();
        return candidates > asked ? Optional.empty()
                : Optional.of("of " + candidates + " candidates " + asked + " are asked in a round, which leaves no"
                        + " choice; expected at least " + (asked + 1) + " candidates");
    }
}
