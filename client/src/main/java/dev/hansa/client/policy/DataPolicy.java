package dev.hansa.client.policy;

import dev.hansa.client.ledger.Told;
import dev.hansa.client.ledger.Unit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What may be done with one data set.
 *
 * @param purposes  patterns of runs' purposes, in which * stands for any text; empty for all
 * @param columns   that runs may read; empty for all
 * @param approval  what happens to a run that the rest allows
 * @param unit      what the noise that is required has to hide, and the budget counts
 * @param required  the least protection of an update
 * @param rounds    the most that a run may have
 * @param allRounds the most updates of the data set ever
 * @param budget    the most that all that is told of it may cost; empty for no end
 * @param exempt    what is told without protection and does not count against the budget
 */
public record DataPolicy(List<String> purposes, Optional<Set<String>> columns, Approval approval, Unit unit,
        Required required,
        OptionalInt rounds, OptionalInt allRounds, Optional<Budget> budget, Set<Told> exempt) {

    public DataPolicy {
        purposes = List.copyOf(purposes);
        columns = columns.map(names -> Collections.unmodifiableSet(new TreeSet<>(names)));
        exempt = Collections.unmodifiableSet(new TreeSet<>(exempt));
    }

    /** Who decides on a run. */
    public enum Approval {
        /** The policy alone. */
        GIVEN,
        /** A person, on each run. */
        ASK
    }

    /**
     * The least protection.
     *
     * @param clip   the largest that an update may be clipped to; infinite for any, and for none
     * @param noise  the least noise multiplier, of noise that counts; 0 for none
     * @param cohort the fewest updates in a sum, as the coordinator tells; runs whose rounds count whatever comes tell of 1
     * @param secureAggregation whether nobody may see an update alone, noise or not; no run offers that yet
     */
    public record Required(double clip, double noise, int cohort, boolean secureAggregation) {
        /** Nothing. */
        public static final Required NOTHING = new Required(Double.POSITIVE_INFINITY, 0, 1);

        /** That updates are added up under encryption is not required. */
        public Required(double clip, double noise, int cohort) {
            this(clip, noise, cohort, false);
        }
    }

    /**
     * The most that may be spent.
     *
     * @param epsilon greater than 0
     * @param delta   above 0, below 1
     */
    public record Budget(double epsilon, double delta) {}

    /** Whether a run of the purpose may come in question. */
    boolean allowsPurpose(String purpose) {
        return purposes.isEmpty() || purposes.stream().anyMatch(pattern -> matches(pattern, purpose));
    }

    private static boolean matches(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }
}
