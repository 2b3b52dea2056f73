package dev.hansa.cli.command.runs;

import dev.hansa.cli.io.TextTable;

import dev.hansa.cli.live.Format;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.fairness.Participation;
import dev.hansa.core.coordinator.fairness.Participation.Part;
import dev.hansa.core.coordinator.fairness.Spread;
import dev.hansa.core.model.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who took part how often, and how far apart the model is good to the nodes; as lines. */
final class FairnessTables {
    /** Of more, those with the smallest part. */
    private static final int MOST_NODES = 20;

    private FairnessTables() {}

    static List<String> of(List<RoundRecord> history) {
        List<String> lines = new ArrayList<>();
        if (!history.isEmpty()) {
            lines.addAll(participation(Participation.of(history), Participation.tellsExamples(history)));
            history.reversed().stream().filter(round -> !round.evaluation().equals(Metrics.NONE)).findFirst()
                    .ifPresent(round -> lines.addAll(spreads(round)));
        }
        return lines;
    }

    private static List<String> participation(Participation shared, boolean examples) {
        boolean stale = shared.anyStale();
        TextTable table = stale
                ? new TextTable("NODE", "ASKED", "COUNTED", "OF ALL UPDATES", "OF ALL EXAMPLES", "STEPS BEHIND")
                : new TextTable("NODE", "ASKED", "COUNTED", "OF ALL UPDATES", "OF ALL EXAMPLES");
        int all = shared.clients().size();
        shared.clients().entrySet().stream()
                .sorted((a, b) -> all > MOST_NODES ? Long.compare(a.getValue().counted(), b.getValue().counted()) : 0)
                .limit(MOST_NODES).forEach(entry -> {
                    Part part = entry.getValue();
                    List<Object> row = new ArrayList<>(List.of(entry.getKey(),
                            part.asked().isPresent() ? part.asked().getAsLong() : "–", part.counted(),
                            Format.percent(part.updates()), examples ? Format.percent(part.examples()) : "–"));
                    if (stale) {
                        row.add(Format.number(part.staleness()));
                    }
                    table.row(row.toArray());
                });
        List<String> lines = new ArrayList<>();
        lines.add("evenness   " + Format.number(shared.evenness(Part::updates)) + " of updates"
                + (examples ? ", " + Format.number(shared.evenness(Part::examples)) + " of examples" : "")
                + " (Jain's index: 1 if all "
                + Format.count(all, "node") + " have the same part)"
                + (all > MOST_NODES ? "; the " + MOST_NODES + " nodes with the fewest updates:" : ""));
        lines.addAll(table.lines());
        return lines;
    }

    private static List<String> spreads(RoundRecord round) {
        TextTable table =
                new TextTable("ROUND " + round.round() + " BY NODE", "NODES", "SMALLEST", "P10", "MEDIAN", "P90",
                        "LARGEST", "WORST AT");
        round.evaluation().values().keySet().stream().filter(Metrics::judges)
                .forEach(metric -> Spread.of(round, metric).ifPresent(spread -> table.row(
                        metric.toUpperCase(Locale.ROOT), spread.clients(), Format.number(spread.least()),
                        Format.number(spread.tenth()),
                        Format.number(spread.median()), Format.number(spread.ninetieth()),
                        Format.number(spread.most()), spread.worst())));
        return table.lines();
    }
}
