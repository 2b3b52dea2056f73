package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Draws the lines of the live view; each fits the terminal, and all together do. */
final class Frame {
    private static final int NAME_WIDTH = 16;
    private static final int SPARKLINE_WIDTH = 40;

    private final Glyphs glyphs;
    private final boolean colours;
    private final int columns;
    private final int rows;

    Frame(Terminal terminal) {
        this.glyphs = Glyphs.of(terminal);
        this.colours = terminal.colours();
        this.columns = Math.max(1, terminal.columns() - 1); // the last column makes some terminals wrap
        this.rows = terminal.rows();
    }

    List<Line> draw(RunProgress progress, Duration elapsed) {
        List<Line> lines = new ArrayList<>();
        lines.add(head(progress, elapsed));
        String metric = Headline.metric(progress.spec());
        course("training loss", progress, round -> round.training().get(Metrics.LOSS)).ifPresent(lines::add);
        course("held-out " + Headline.name(metric), progress, round -> round.evaluation().get(metric))
                .ifPresent(lines::add);
        int room = Math.max(1, rows - lines.size() - 3);
        int names = Math.min(NAME_WIDTH, progress.nodes().keySet().stream().mapToInt(String::length).max().orElse(0));
        progress.nodes().entrySet().stream().limit(room).forEach(node -> lines.add(node(node, names, metric)));
        if (progress.nodes().size() > room) {
            lines.add(line().add(Style.DIM, "  and " + Format.count(progress.nodes().size() - room, "more node")));
        }
        long bytes = progress.traffic().total().sent() + progress.traffic().total().received();
        lines.add(line().add(progress.failed() ? Style.BAD : progress.ended() ? Style.GOOD : Style.DIM,
                progress.doing() + (bytes == 0 ? "" : " " + glyphs.dot() + " " + Format.bytes(bytes) + " moved")));
        return lines;
    }

    private Line head(RunProgress progress, Duration elapsed) {
        String count = "round " + progress.rounds().size() + "/" + progress.spec().rounds();
        String clock = Format.clock(elapsed);
        Line line = line().add(Style.BOLD, progress.spec().name()).add("  ").add(count).add("  ");
        int width = Math.clamp(line.room() - clock.length() - 2L, 0, 30);
        String[] bar = glyphs.bar(progress.share(), width);
        return line.add(Style.ACCENT, bar[0]).add(Style.DIM, bar[1]).add("  ").add(Style.DIM, clock);
    }

    private Optional<Line> course(String name, RunProgress progress,
            Function<RoundRecord, OptionalDouble> value) {
        double[] values = progress.rounds().stream().map(value).filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble).filter(Double::isFinite).toArray();
        if (values.length == 0) {
            return Optional.empty();
        }
        Line line = line().add("  ").add(Style.DIM, name).to(18)
                .add(Style.BOLD, Format.number(values[values.length - 1])).to(28);
        return Optional
                .of(line.add(Style.ACCENT, glyphs.sparkline(values, Math.min(SPARKLINE_WIDTH, line.room()))));
    }

    private Line node(Map.Entry<String, NodeProgress> entry, int names, String metric) {
        NodeProgress node = entry.getValue();
        String mark = switch (node.state()) {
            case ANSWERED, READY -> glyphs.answered();
            case IDLE, TRAINING -> glyphs.waiting();
            case LATE, FAILED, REFUSED -> glyphs.absent();
        };
        int column = names + 4;
        Line line = line().add("  ").add(Style.BOLD, shortened(entry.getKey(), names)).to(column)
                .add(node.state().style(), mark + " " + node.state().text()).to(column + 13);
        if (!node.training().equals(Metrics.NONE)) {
            line.add("loss ").add(Format.number(node.training().get(Metrics.LOSS))).to(column + 27);
        }
        node.evaluation().get(metric)
                .ifPresent(value -> line.add(Headline.name(metric) + " ").add(Format.number(value)).to(column + 41));
        long bytes = node.traffic().sent() + node.traffic().received();
        return bytes == 0 ? line : line.add(Style.DIM, Format.bytes(bytes));
    }

    private String shortened(String name, int width) {
        return name.codePointCount(0, name.length()) <= width
                ? name
                : name.substring(0, name.offsetByCodePoints(0, width - 1)) + glyphs.waiting();
    }

    private Line line() {
        return new Line(columns, colours);
    }
}
