package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.fairness.Participation;
import dev.hansa.core.coordinator.fairness.Participation.Part;
import dev.hansa.core.coordinator.fairness.Spread;
import dev.hansa.core.model.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How evenly the nodes took part, and how far apart the model is good to them. */
final class FairnessSection {
    /** More are in metrics.csv alone. */
    private static final int MOST_NODES = 50;

    private FairnessSection() {}

    /** Empty if there is nothing to tell, since who took part is a secret and no node has measured the model. */
    static Optional<Tag> of(RunResult result) {
        Optional<Table> apart = result.rounds().reversed().stream()
                .filter(round -> !round.evaluation().equals(Metrics.NONE)).findFirst()
                .flatMap(FairnessSection::spreads);
        boolean secret = SecretDraws.count(result.spec());
        if (secret && apart.isEmpty()) {
            return Optional.empty();
        }
        Tag section = Tag.of("section").add(Tag.of("h2", "How evenly"));
        if (!secret) {
            section.add(participation(result.rounds()));
        }
        apart.ifPresent(table -> section.add(table.tag()));
        return Optional.of(section);
    }

    private static List<Tag> participation(List<RoundRecord> rounds) {
        Participation shared = Participation.of(rounds);
        boolean stale = shared.anyStale();
        boolean examples = Participation.tellsExamples(rounds);
        Table table = new Table("Who took part how often", columns(stale, "node", "rounds asked", "updates counted",
                "of all updates", "of all examples", "steps behind on average"));
        shared.clients().entrySet().stream().limit(MOST_NODES).forEach(entry -> table.row(row(entry, examples, stale)));
        table.row("total", columns(stale, "evenness (Jain)", "", "",
                Format.number(shared.evenness(Part::updates)),
                examples ? Format.number(shared.evenness(Part::examples)) : "–", ""));
        return List.of(table.tag(), Tag.of("p", "Jain’s index is 1 if all nodes have the same part, and "
                + Format.number(1.0 / Math.max(1, shared.clients().size())) + " if one of these "
                + Format.count(shared.clients().size(), "node") + " has all.").style("quiet"));
    }

    /** The last only where there are no rounds. */
    private static List<String> columns(boolean stale, String... columns) {
        return List.of(columns).subList(0, columns.length - (stale ? 0 : 1));
    }

    private static List<String> row(Map.Entry<String, Part> client, boolean examples, boolean stale) {
        Part part = client.getValue();
        return columns(stale, client.getKey(),
                part.asked().isPresent() ? String.valueOf(part.asked().getAsLong()) : "–",
                String.valueOf(part.counted()), Format.percent(part.updates()),
                examples ? Format.percent(part.examples()) : "–",
                Format.number(part.staleness()));
    }

    private static Optional<Table> spreads(RoundRecord round) {
        Table table = new Table("The model of round " + round.round() + " on each node's held-out rows, each node"
                + " counting once",
                List.of("metric", "nodes", "smallest", "a tenth below", "median", "a tenth above", "largest",
                        "worst at"));
        int rows = 0;
        for (String metric : round.evaluation().values().keySet()) {
            Optional<Spread> spread = Metrics.judges(metric) ? Spread.of(round, metric) : Optional.empty();
            spread.ifPresent(found -> table.row(List.of(Headline.name(metric),
                    String.valueOf(found.clients()), Format.number(found.least()),
                    Format.number(found.tenth()), Format.number(found.median()), Format.number(found.ninetieth()),
                    Format.number(found.most()), found.worst())));
            rows += spread.isPresent() ? 1 : 0;
        }
        return rows == 0 ? Optional.empty() : Optional.of(table);
    }
}
