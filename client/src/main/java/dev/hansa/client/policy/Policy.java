package dev.hansa.client.policy;

import dev.hansa.wire.trust.Author;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a data owner has written down: who may ask, when, and what of which data.
 *
 * @param coordinators by address or by the fingerprint of the authority; empty for any that the node joined
 * @param signers      who must have signed what is asked; empty for anybody, and for nobody
 * @param trust        whose promises count
 * @param hours        when tasks may be done; empty for always
 * @param data         by name of the data set; others are refused
 */
public record Policy(List<String> coordinators, Set<Author> signers, Trust trust, Optional<Hours> hours,
        Map<String, DataPolicy> data) {
    public Policy {
        coordinators = List.copyOf(coordinators);
        signers = Collections.unmodifiableSet(new LinkedHashSet<>(signers));
        data = Collections.unmodifiableMap(new TreeMap<>(data));
    }

    /** Why a node may not belong to the coordinator; empty if it may. */
    public Optional<String> objection(String address, String fingerprint) {
        return coordinators.isEmpty() || coordinators.contains(address) || coordinators.contains(fingerprint)
                ? Optional.empty()
                : Optional.of("the policy allows the coordinators " + String.join(", ", coordinators)
                        + ", and this node belongs to the one at " + address + " with the fingerprint " + fingerprint
                        + "; add it to coordinators in the policy, or join another");
    }

    /** Why a node may not serve these data sets: it would refuse all that asks for one without rules; empty if it may. */
    public Optional<String> objection(Set<String> served) {
        Set<String> without = new TreeSet<>(served);
        without.removeAll(data.keySet());
        return without.isEmpty() ? Optional.empty()
                : Optional.of("the policy has rules for " + words(data.keySet()) + ", and this node serves "
                        + words(without) + ", of which everything would be refused; add its rules to data in the"
                        + " policy, serve the rows under a name that has rules, or do not serve them");
    }

    private static String words(Set<String> sets) {
        return sets.isEmpty() ? "no data set"
                : (sets.size() == 1 ? "the data set " : "the data sets ") + String.join(", ", sets);
    }
}
