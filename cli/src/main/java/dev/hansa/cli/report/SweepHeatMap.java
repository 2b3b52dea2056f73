package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two keys against each other: the deeper the colour, the better. */
final class SweepHeatMap {
    private final Sweep sweep;
    private final String metric;
    private final DoubleSummaryStatistics range = new DoubleSummaryStatistics();
    private final Map<List<String>, SweptCell> cells = new HashMap<>();

    private SweepHeatMap(Sweep sweep) {
        this.sweep = sweep;
        this.metric = sweep.metric();
        sweep.cells().forEach(cell -> cells.put(sweep.shown(cell), cell));
        sweep.cells().stream().map(cell -> cell.last(metric)).filter(last -> last.size() > 0)
                .mapToDouble(Sample::mean).filter(Double::isFinite).forEach(range);
    }

    /** Of a sweep over two keys. */
    static Tag of(Sweep sweep) {
        return new SweepHeatMap(sweep).section();
    }

    private Tag section() {
        String down = sweep.keys().getFirst();
        String across = sweep.keys().getLast();
        List<String> columns = sweep.values(across);
        List<String> header = new ArrayList<>(List.of(down));
        columns.forEach(value -> header.add(across + " = " + value));
        Table table = new Table("Mean " + Sweep.name(metric) + " after the last round", header);
        sweep.values(down).forEach(row -> table.heat(row, columns.stream().map(column -> cell(row, column)).toList()));
        return Tag.of("section").add(Tag.of("h2", down + " against " + across), table.tag(),
                Tag.of("p", "The deeper the colour, the better.").style("quiet"));
    }

    private Tag cell(String row, String column) {
        Optional<SweptCell> found = Optional.ofNullable(cells.get(List.of(row, column)));
        Sample last = found.map(cell -> cell.last(metric)).orElseGet(Sample::of);
        Tag cell = Tag.of("td", last.size() == 0 ? "–" : Format.number(last.mean())).style("heat right");
        double width = range.getMax() - range.getMin();
        if (last.size() == 0 || !Double.isFinite(last.mean()) || !(width > 0)) {
            return cell;
        }
        double place = (last.mean() - range.getMin()) / width;
        return cell.attribute("style", "--share: "
                + Tag.decimal(100 * (SweptRun.smallerIsBetter(metric) ? 1 - place : place)) + "%");
    }
}
