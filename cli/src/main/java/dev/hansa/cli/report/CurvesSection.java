package dev.hansa.cli.report;

import dev.hansa.cli.live.Headline;
import dev.hansa.cli.report.Series.Point;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.model.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Two charts stand side by side; if their number is odd, the first, which says most, takes a line of its own. */
    private Tag section() {
        String metric = Headline.metric(result.spec());
        List<LineChart> found = Stream.of(
                chart("held-out-" + metric, Headline.name(metric) + " of the global model on held-out rows",
                        metric.equals(Metrics.RMSE) ? result.spec().data().schema().label().unit() : "",
                        RoundRecord::evaluation, ClientRound::evaluation, metric),
                chart("training-loss", "Training loss in the last local epoch", "", RoundRecord::training,
                        ClientRound::training, Metrics.LOSS),
                chart("held-out-loss", "Loss of the global model on held-out rows", "", RoundRecord::evaluation,
                        ClientRound::evaluation, Metrics.LOSS))
                .flatMap(Optional::stream).toList();
        Tag charts = Tag.of("div").style("charts");
        for (int i = 0; i < found.size(); i++) {
            charts.add(found.get(i).figure(i == 0 && found.size() % 2 == 1));
        }
        return Tag.of("section").add(Tag.of("h2", "Round by round"), charts);
    }

    private Optional<LineChart> chart(String id, String title, String unit, Function<RoundRecord, Metrics> together,
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
                ? Optional.empty()
                : Optional.of(new LineChart(id, title, unit, lines));
    }

    private List<Point> points(String metric, Function<RoundRecord, Metrics> metrics) {
        return result.rounds().stream().flatMap(round -> metrics.apply(round).get(metric).stream()
                .mapToObj(value -> new Point(round.round(), value))).toList();
    }
}
