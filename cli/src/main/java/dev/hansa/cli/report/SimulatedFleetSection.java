package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.cli.report.Series.Point;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What stood for the nodes: their rows; and how good the model was after how much of their time and bytes. */
final class SimulatedFleetSection {

    private SimulatedFleetSection() {}

    static Tag of(RunResult result, SimulatedFleet fleet) {
        boolean secret = SecretDraws.count(result.spec());
        int[] sizes = fleet.rows().values().stream().mapToInt(rows -> Arrays.stream(rows).sum()).sorted().toArray();
        Tag section = Tag.of("section").add(Tag.of("h2", "The simulated clients"),
                Tag.of("p", Format.count(sizes.length, "client") + " with " + sizes[0] + " to "
                        + sizes[sizes.length - 1] + " rows, the median client with " + sizes[sizes.length / 2] + "."
                        + fleet.devices().map(kind -> " They run on " + kind + (secret ? "."
                                : "; the " + Format.count(result.rounds().size(), "round") + " took "
                                        + Format.seconds(RoundRecord.durations(result.rounds()))
                                        + " of their time and moved " + Format.bytes(bytes(result.rounds())) + "."))
                                .orElse(""))
                        .style("quiet"),
                new RowsChart(fleet).figure());
        if (fleet.devices().isPresent() && !secret) {
            section.add(Tag.of("div").style("charts").add(charts(result)));
        }
        return section;
    }

    private static long bytes(List<RoundRecord> rounds) {
        return rounds.stream().map(RoundRecord::traffic).mapToLong(SimulatedFleetSection::all).sum();
    }

    private static long all(Traffic traffic) {
        return traffic.sent() + traffic.received();
    }

    private static List<Tag> charts(RunResult result) {
        Duration whole = RoundRecord.durations(result.rounds());
        TimeUnit unit = TimeUnit.of(whole);
        List<Tag> charts = new ArrayList<>();
        chart(result, "time", "after how much time", unit.name,
                round -> round.duration().toMillis() / 1000.0 / unit.seconds).ifPresent(charts::add);
        chart(result, "bytes", "after how many bytes", "MB", round -> all(round.traffic()) / 1e6)
                .ifPresent(charts::add);
        return charts;
    }

    /** @param step how much further a round went */
    private static Optional<Tag> chart(RunResult result, String id, String what, String unit,
            ToDoubleFunction<RoundRecord> step) {
        String metric = Headline.metric(result.spec());
        String name = Headline.name(metric);
        List<Point> points = new ArrayList<>();
        double at = 0;
        for (RoundRecord round : result.rounds()) {
            at += step.applyAsDouble(round);
            double now = at;
            (round.evaluation().get(metric).isPresent() ? round.evaluation() : round.central()).get(metric)
                    .ifPresent(value -> points.add(new Point(now, value)));
        }
        return points.isEmpty() ? Optional.empty()
                : Optional.of(new LineChart("by-" + id,
                        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " " + what, "", unit,
                        List.of(new Series("all nodes together", "all", points))).figure(false));
    }

    /** In which a time has a number that one can read. */
    private enum TimeUnit {
        DAYS("days", 86_400), HOURS("hours", 3_600), MINUTES("minutes", 60), SECONDS("seconds", 1);

        private final String name;
        private final double seconds;

        TimeUnit(String name, double seconds) {
            this.name = name;
            this.seconds = seconds;
        }

        static TimeUnit of(Duration time) {
            return Arrays.stream(values()).filter(unit -> time.toSeconds() >= 2 * unit.seconds).findFirst()
                    .orElse(SECONDS);
        }
    }
}
