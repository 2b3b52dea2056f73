package dev.hansa.core.coordinator;

import dev.hansa.core.model.Names;
import dev.hansa.core.privacy.event.Sampling;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.IntUnaryOperator;

/**
 * Each client with the same probability, without replacement, by a partial Fisher-Yates shuffle, which takes no longer
 * among millions; all of them if the size is empty or too large.
 */
public record Uniform() implements CohortSelector {

    @Override
    public SortedSet<String> select(Draw draw) {
        int wanted = draw.wanted();
        if (wanted == draw.available().size()) {
            return draw.available();
        }
        Names clients = Names.copyOf(draw.available());
        IntUnaryOperator random = draw.coins().numbers();
        Map<Integer, Integer> moved = new HashMap<>(); // by place who is there, if it is not the one of that number
        int[] chosen = new int[wanted];
        for (int place = 0; place < wanted; place++) {
            int other = place + random.applyAsInt(clients.size() - place);
            chosen[place] = moved.getOrDefault(other, other);
            moved.put(other, moved.getOrDefault(place, place));
        }
        return clients.at(chosen);
    }

    @Override
    public Optional<Sampling> sampling(Cohort cohort) {
        OptionalInt asked = cohort.asked();
        return Optional.of(asked.isPresent() && asked.getAsInt() < cohort.nodes()
                ? new Sampling.FixedSize(cohort.nodes(), asked.getAsInt())
                : new Sampling.Everyone());
    }
}
