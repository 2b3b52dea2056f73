package dev.hansa.cli.report;

import dev.hansa.cli.live.Headline;
import dev.hansa.cli.report.Series.Point;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.model.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** How loss and metrics went from round to round: all nodes together and each. */
final class CurvesSection {
    /** So many nodes have a colour each; more are drawn in one. */
    private static final int COLOURS = 6;

    private final RunResult result;

    private CurvesSection(RunResult result) {
        this.result = result;
    }

    static Tag of(RunResult result) {
        return new CurvesSection(result).section();
    }

    private Tag section() {
        Tag charts = Tag.of("div").style("charts");
        chart("training-loss", "Training loss in the last local epoch", "",
                RoundRecord::training, ClientRound::training, Metrics.LOSS).forEach(charts::add);
        chart("held-out-loss", "Loss of the global model on held-out rows", "", RoundRecord::evaluation,
                ClientRound::evaluation, Metrics.LOSS).forEach(charts::add);
        String metric = Headline.metric(result.spec());
        chart("held-out-" + metric, Headline.name(metric) + " of the global model on held-out rows",
                metric.equals(Metrics.RMSE) ? result.spec().data().schema().label().unit() : "",
                RoundRecord::evaluation, ClientRound::evaluation, metric).forEach(charts::add);
        return Tag.of("section").add(Tag.of("h2", "Round by round"), charts);
    }

    private Stream<Tag> chart(String id, String title, String unit, Function<RoundRecord, Metrics> together,
            Function<ClientRound, Metrics> each, String metric) {
        List<Series> lines = new ArrayList<>();
        int index = 0;
        boolean many = result.nodes().size() > COLOURS;
        for (String node : result.nodes()) {
            String name = !many ? node : index == 0 ? "each of " + result.nodes().size() + " nodes" : "";
            lines.add(new Series(name, many ? "many" : "n" + index, points(metric,
                    round -> each.apply(round.clients().getOrDefault(node, ClientRound.NONE)))));
            index++;
        }
        lines.add(new Series("all nodes together", "all", points(metric, together)));
        return lines.stream().allMatch(line -> line.points().isEmpty())
                ? Stream.empty()
                : Stream.of(new LineChart(id, title, unit, lines).figure());
    }

    private List<Point> points(String metric, Function<RoundRecord, Metrics> metrics) {
        return result.rounds().stream().flatMap(round -> metrics.apply(round).get(metric).stream()
                .mapToObj(value -> new Point(round.round(), value))).toList();
    }
}
