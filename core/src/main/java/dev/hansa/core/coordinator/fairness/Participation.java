package dev.hansa.core.coordinator.fairness;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.model.Metrics;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How the committed rounds of a run were shared among its clients.
 *
 * @param clients by id, those who were asked, trained or evaluated in any round
 */
public record Participation(SortedMap<String, Part> clients) {

    public Participation {
        clients = Collections.unmodifiableSortedMap(new TreeMap<>(clients));
    }

    /**
     * One client's part.
     *
     * @param asked    in how many rounds to train; empty if not every round tells
     * @param counted  how many updates of it
     * @param updates  its share of all counted updates, 0 to 1; 0 if there are none
     * @param examples its share of the rows that counted updates were made from, which is what they weigh in a mean by
     *                 examples, whatever part of them the steps of a round have met; 0 to 1
     * @param staleness how many steps the model had made on average since the training of its counted updates began; 0 in
     *                 rounds
     */
    public record Part(OptionalLong asked, long counted, double updates, double examples, double staleness) {

        /** Of rounds. */
        public Part(OptionalLong asked, long counted, double updates, double examples) {
            this(asked, counted, updates, examples, 0);
        }
    }

    /** Whether updates were counted that began from an older model. */
    public boolean anyStale() {
        return clients.values().stream().anyMatch(part -> part.staleness() > 0);
    }

    /** Whether nodes told from how many rows their updates were made, in any of the rounds; in private runs nobody does. */
    public static boolean tellsExamples(List<RoundRecord> rounds) {
        return rounds.stream().anyMatch(round -> round.training().get(Metrics.EXAMPLES).isPresent());
    }

    /** Of these rounds. */
    public static Participation of(List<RoundRecord> rounds) {
        boolean told = rounds.stream().allMatch(RoundRecord::tellsAsked);
        SortedMap<String, Tally> tallies = new TreeMap<>();
        Tally all = new Tally();
        for (RoundRecord round : rounds) {
            round.asked().forEach(client -> tallies.computeIfAbsent(client, id -> new Tally()).asked++);
            round.clients().forEach((client, part) -> {
                tallies.computeIfAbsent(client, id -> new Tally()).add(part);
                all.add(part);
            });
        }
        SortedMap<String, Part> parts = new TreeMap<>();
        tallies.forEach((client, tally) -> parts.put(client, new Part(
                told ? OptionalLong.of(tally.asked) : OptionalLong.empty(), tally.counted,
                share((double) tally.counted, (double) all.counted), share(tally.examples, all.examples),
                share((double) tally.staleness, (double) tally.counted))));
        return new Participation(parts);
    }

    /** Of one client, while it is counted. */
    private static final class Tally {
        private long asked;
        private long counted;
        private double examples;
        private long staleness;

        void add(RoundRecord.ClientRound part) {
            counted += part.isCounted() ? 1 : 0;
            staleness += part.staleness();
            examples += part.rows().orElseGet(() -> part.training().get(Metrics.EXAMPLES).orElse(0));
        }
    }

    private static double share(double part, double all) {
        return all == 0 ? 0 : part / all;
    }

    /**
     * Jain's index of the clients' parts, {@code (Σ x)² / (n Σ x²)}: 1 if all are equal, 1/n if one has all; 1 if nobody
     * has any. Jain, Chiu, Hawe, <i>A Quantitative Measure of Fairness and Discrimination for Resource Allocation in Shared
     * Computer Systems</i>, DEC Research Report TR-301, 1984.
     */
    public double evenness(ToDoubleFunction<Part> part) {
        double sum = clients.values().stream().mapToDouble(part).sum();
        double squares = clients.values().stream().mapToDouble(part).map(value -> value * value).sum();
        return squares == 0 ? 1 : sum * sum / (clients.size() * squares);
    }
}
