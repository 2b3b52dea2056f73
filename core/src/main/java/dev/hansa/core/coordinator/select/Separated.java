package dev.hansa.core.coordinator.select;

import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Draw;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.model.Names;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Another choice, among those who have rested: whose update was counted sits out the next rounds. The minimum separation of
 * Choquette-Choo et al., <i>(Amplified) Banded Matrix Factorization: A unified approach to private training</i>, NeurIPS
 * 2023 (b-min-sep participation), and of Kairouz et al., <i>Practical and Private (Deep) Learning without Sampling or
 * Shuffling</i>, ICML 2021 (DP-FTRL).
 *
 * <p>If fewer than the round needs have rested, the round waits for others if the separation is strict, as it is where
 * privacy is charged for it. Otherwise it goes on nevertheless: those who rested longest fill it up, and nobody besides.
 *
 * @param choice among those who have rested
 * @param rounds so many are sat out; at least 1
 * @param strict whether nobody is ever chosen who has not rested
 */
public record Separated(CohortSelector choice, int rounds, boolean strict) implements CohortSelector {

    public Separated {
        if (rounds < 1) {
            throw new IllegalArgumentException("the separation is " + rounds + " rounds, expected at least 1");
        }
    }

    /** A round goes on even if too few have rested. */
    public Separated(CohortSelector choice, int rounds) {
        this(choice, rounds, false);
    }

    @Override
    public int separation() {
        return strict ? rounds + 1 : 1;
    }

    @Override
    public CohortSelector strictly() {
        return new Separated(choice, rounds, true);
    }

    @Override
    public Set<String> resting(List<RoundRecord> history) {
        return strict ? lastRounds(history).keySet() : Collections.emptySet();
    }

    /** Of those who have not rested, the last. */
    private Map<String, Integer> lastRounds(List<RoundRecord> history) {
        int next = history.size() + 1;
        Map<String, Integer> last = Draw.lastRounds(history.subList(Math.max(0, history.size() - rounds),
                history.size()));
        last.values().removeIf(round -> next - round > rounds);
        return last;
    }

    @Override
    public SortedSet<String> select(Draw draw) {
        Map<String, Integer> last = lastRounds(draw.history());
        Names rested = Names.copyOf(draw.available()).without(last.keySet());
        if (strict || rested.size() >= draw.minimum()) {
            return choice.select(draw.among(rested));
        }
        SortedSet<String> chosen = new TreeSet<>(rested);
        draw.available().stream().filter(last::containsKey)
                .sorted(Comparator.comparing(last::get)) // stable: of equals the first id
                .limit(draw.minimum() - rested.size()).forEach(chosen::add);
        return chosen;
    }

    @Override
    public boolean choosesOneByOne() {
        return choice.choosesOneByOne();
    }

    @Override
    public Optional<String> objection(Cohort cohort) {
        if (!choice.equals(new Uniform()) && !(choice instanceof BySize)
                && !(choice instanceof PowerOfChoice)) {
            return Optional.of("a separation goes with uniform, size and powerOfChoice alone: poisson flips each node's"
                    + " coin in each round, and cyclic lets each node sit out until all others had their turn; leave"
                    + " separation out");
        }
        if (!cohort.size().isPresent()) {
            int most = cohort.nodes() / (rounds + 1);
            return Optional.of("without a cohort.size all nodes take part in each round, and none sits out; "
                    + (most >= cohort.minimumReports() ? "set cohort.size to at most " + most
                            : "with cohort.size: " + cohort.minimumReports() + " it takes "
                                    + (long) cohort.minimumReports() * (rounds + 1) + " nodes"));
        }
        int size = cohort.asked().getAsInt();
        long needed = (long) size * (rounds + 1);
        if (needed > cohort.nodes()) {
            int most = cohort.nodes() / size - 1;
            return Optional.of("to ask " + size + " nodes a round of whom each sits out the next " + rounds + " takes "
                    + needed + " nodes, and cohort.nodes is " + cohort.nodes() + "; expected nodes: " + needed
                    + (most > 0 ? ", or separation: " + most : ", or no separation"));
        }
        return choice.objection(cohort);
    }
}
