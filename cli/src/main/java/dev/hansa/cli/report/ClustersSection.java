package dev.hansa.cli.report;

import dev.hansa.core.coordinator.RoundRecord;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Of a run with several models, who trained which. */
final class ClustersSection {
    private static final int LAST_ROUNDS = 20;

    private ClustersSection() {}

    /** Empty if there is one model. */
    static Optional<Tag> of(List<RoundRecord> rounds) {
        int models =
                rounds.stream().flatMap(round -> round.clusters().keySet().stream()).max(Integer::compare).orElse(0);
        if (models == 0) {
            return Optional.empty();
        }
        RoundRecord last = rounds.getLast();
        Table who = new Table("Round " + last.round(), List.of("cluster", "nodes"));
        last.clusters().forEach((cluster, nodes) -> who.row(
                List.of(String.valueOf(cluster), String.join(", ", nodes))));
        List<String> columns = IntStream.rangeClosed(0, models)
                .mapToObj(cluster -> cluster == 0 ? "round" : "cluster " + cluster).toList();
        Table sizes = new Table("Updates by cluster", columns);
        rounds.subList(Math.max(0, rounds.size() - LAST_ROUNDS), rounds.size())
                .forEach(round -> sizes.row(IntStream.rangeClosed(0, models).mapToObj(cluster -> cluster == 0
                        ? String.valueOf(round.round())
                        : String.valueOf(round.clusters().getOrDefault(cluster, Collections.emptySortedSet()).size()))
                        .toList()));
        return Optional.of(Tag.of("section").add(Tag.of("h2", "Clusters"), who.tag(), sizes.tag()));
    }
}
