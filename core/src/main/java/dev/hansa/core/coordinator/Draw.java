package dev.hansa.core.coordinator;

import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Named;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * All that a {@link CohortSelector} knows when it chooses; nothing of it but secret coins is forgotten when a coordinator is
 * killed.
 *
 * @param coins     of this round, attempt and draw
 * @param attempt   at the round, from 1
 * @param available those who could be asked
 * @param size      how many are to be chosen; empty for all
 * @param minimum   how many updates the round needs
 * @param rows      by client: the rows to train on that it told of before the first round; not of those who came later
 * @param history   the committed rounds, first to last
 */
public record Draw(Coins coins, int attempt, SortedSet<String> available, OptionalInt size, int minimum,
        SortedMap<String, Long> rows, List<RoundRecord> history) {

    public Draw {
        available = Names.copyOf(available);
        rows = Named.copyOf(rows);
        history = List.copyOf(history);
    }

    /** From a seed, as cohorts are whose secrecy nobody counts on. */
    public Draw(Seed seed, int attempt, SortedSet<String> available, OptionalInt size, int minimum,
            SortedMap<String, Long> rows, List<RoundRecord> history) {
        this(new Coins.Known(seed), attempt, available, size, minimum, rows, history);
    }

    /**
     * The seed of this round, attempt and draw.
     *
     * @throws IllegalStateException if privacy is charged for a secret draw: then there are {@link #coins} alone
     */
    public Seed seed() {
        if (coins instanceof Coins.Known known) {
            return known.seed();
        }
        throw new IllegalStateException("who is drawn is charged as a secret, and no seed keeps it; a selector that"
                + " claims such chance draws by coins() alone");
    }

    /** The same draw among others. */
    public Draw among(SortedSet<String> others) {
        return new Draw(coins, attempt, others, size, minimum, rows, history);
    }

    /** The same draw of so many among others. */
    Draw among(SortedSet<String> others, int number) {
        return new Draw(coins, attempt, others, OptionalInt.of(number), minimum, rows, history);
    }

    /** How many can be chosen. */
    public int wanted() {
        return Math.min(size.orElse(Integer.MAX_VALUE), available.size());
    }

    /** The client's rows to train on; of one who told of none, as many as the others have on average. */
    public double rowsOf(String client) {
        Long told = rows.get(client);
        return told != null ? told : usualRows();
    }

    /** As many rows to train on as those have on average who told of theirs. */
    public double usualRows() {
        return rows.values().stream().mapToLong(Long::longValue).average().orElse(1);
    }

    /** By client, the last round that counted an update of it; without those of whom none ever was. */
    public Map<String, Integer> lastRounds() {
        return lastRounds(history);
    }

    /** The same of those rounds. */
    public static Map<String, Integer> lastRounds(List<RoundRecord> history) {
        Map<String, Integer> last = new HashMap<>();
        history.forEach(round -> round.counted().forEach(client -> last.put(client, round.round())));
        return last;
    }

    /** Of these clients, the loss of the last training that was counted; without those who have none. */
    public Map<String, Double> lastLosses(Set<String> clients) {
        Map<String, Double> losses = new HashMap<>();
        for (int i = history.size() - 1; i >= 0 && losses.size() < clients.size(); i--) {
            RoundRecord round = history.get(i);
            for (String client : clients) {
                RoundRecord.ClientRound part = Objects.requireNonNullElse(round.clients().get(client),
                        RoundRecord.ClientRound.NONE);
                part.training().get(Metrics.LOSS).ifPresent(loss -> losses.putIfAbsent(client, loss));
            }
        }
        return losses;
    }
}
