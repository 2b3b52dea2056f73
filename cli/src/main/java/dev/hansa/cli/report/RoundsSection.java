package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.model.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers behind the curves. */
final class RoundsSection {
    private static final int MOST_NAMED = 5;
    /** What tells who took part, or how many. */
    private static final List<String> PARTS = List.of("updates", "partial", "late", "discarded", "bytes",
            "seconds");

    private RoundsSection() {}

    static Tag of(RunResult result) {
        List<String> metrics = Headline.metrics(result.spec());
        List<String> columns = new ArrayList<>(List.of("round", "training loss", "held-out loss"));
        metrics.forEach(metric -> columns.add("held-out " + Headline.name(metric)));
        if (!SecretDraws.count(result.spec())) {
            columns.addAll(PARTS);
        }
        Table table = new Table("All nodes together" + (SecretDraws.count(result.spec()) ? ""
                : "; each node by itself is in metrics.csv"), columns);
        result.rounds().forEach(round -> table.row(row(result, round, metrics)));
        return Tag.of("section").add(Tag.of("h2", "The numbers"),
                Tag.of("details").add(Tag.of("summary", Format.count(result.rounds().size(), "round")), table.tag()))
                .add(abandoned(result));
    }

    private static List<Tag> abandoned(RunResult result) {
        List<RunEvent.RoundAbandoned> all = result.abandoned();
        if (all.isEmpty()) {
            return List.of();
        }
        return List.of(Tag.of("p").style("note bad").text(Format.count(all.size(), "attempt")
                + " at a round could not be counted: "
                + all.stream().limit(MOST_NAMED).map(attempt -> "round " + attempt.round() + ", attempt "
                        + attempt.attempt() + ": " + attempt.reason()).collect(Collectors.joining("; "))
                + (all.size() > MOST_NAMED ? "; …" : ".")));
    }

    private static List<String> row(RunResult result, RoundRecord round, List<String> metrics) {
        List<String> cells = new ArrayList<>(List.of(String.valueOf(round.round())));
        cells.add(Format.number(round.training().get(Metrics.LOSS)));
        cells.add(Format.number(round.evaluation().get(Metrics.LOSS)));
        metrics.forEach(metric -> cells.add(Format.number(round.evaluation().get(metric))));
        if (!SecretDraws.count(result.spec())) {
            cells.add(String.valueOf(round.updates()));
            cells.add(String.valueOf(round.partialUpdates()));
            cells.add(String.valueOf(result.late().stream().filter(late -> late.round() == round.round()).count()));
            cells.add(String.valueOf(round.discarded().size()));
            cells.add(Format.bytes(round.traffic()));
            cells.add(String.valueOf(round.duration().toMillis() / 1000.0));
        }
        return cells;
    }
}
