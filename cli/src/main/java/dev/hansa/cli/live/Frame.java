package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Draws the lines of the live view; each fits the terminal, and all together do. */
final class Frame {
    private static final int NUMBER_AT = 18;
    private static final int SPARKLINE_AT = 28;
    private static final int SPARKLINE_WIDTH = 40;
    private static final int BAR_WIDTH = 30;
    private static final int LEAST_BAR = 5;
    private static final int LEAST_NAME = 4;
    private static final int MOST_FOOT = 3;

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

    List<Line> draw(Optional<Overall> overall, RunProgress progress, Duration elapsed) {
        List<Line> lines = new ArrayList<>();
        overall.ifPresent(all -> lines.addAll(all(all, progress.share(), elapsed)));
        lines.add(head(progress, elapsed));
        String metric = Headline.metric(progress.spec());
        course("training loss", progress, round -> round.training().get(Metrics.LOSS)).ifPresent(lines::add);
        course("held-out " + Headline.name(metric), progress, round -> round.evaluation().get(metric))
                .ifPresent(lines::add);
        progress.spending().flatMap(curve -> course("epsilon up to", progress,
                round -> OptionalDouble.of(curve.atMost(round.round())))).ifPresent(lines::add);
        List<Line> foot = foot(progress);
        int room = Math.max(1, rows - lines.size() - foot.size() - 2);
        int longest = progress.nodes().keySet().stream().mapToInt(String::length).max().orElse(0);
        NodeColumns nodes = new NodeColumns(glyphs, metric, longest, columns);
        progress.nodes().entrySet().stream().limit(room)
                .forEach(node -> lines.add(nodes.draw(line(), node, progress.traffic().of(node.getKey()))));
        if (progress.nodes().size() > room) {
            lines.add(line().add(Style.DIM, "  and " + Format.count(progress.nodes().size() - room, "more node")));
        }
        lines.addAll(foot);
        return lines;
    }

    /** All runs, of which one is shown below: how many, what is left, the one at hand, the best so far, if need be below. */
    private List<Line> all(Overall overall, double share, Duration elapsed) {
        Line line = line().add(Style.BOLD, "run " + overall.number() + "/" + overall.of()).add("  ");
        int width = Math.clamp(line.room() / 3, 0, BAR_WIDTH);
        if (width >= LEAST_BAR) {
            String[] bar = glyphs.bar(overall.share(share), width);
            line.add(Style.ACCENT, bar[0]).add(Style.DIM, bar[1]).add("  ");
        }
        overall.left(share, elapsed).ifPresent(left -> line.add(Style.DIM, left(left) + "  "));
        String best = overall.best().map(known -> "best so far: " + known).orElse("");
        String after = best.isEmpty() ? "" : "  " + glyphs.dot() + " " + best;
        if (overall.name().length() + after.length() <= line.room()) {
            return List.of(line.add(overall.name()).add(Style.DIM, after));
        }
        line.add(glyphs.shortened(overall.name(), line.room()));
        return best.isEmpty() ? List.of(line)
                : List.of(line, line().add(Style.DIM, "  " + glyphs.shortened(best, columns - 2)));
    }

    private static String left(Duration left) {
        return Format.clock(left) + " left";
    }

    /** What a narrow terminal has no room for goes first from the bar, then from the run's name. */
    private Line head(RunProgress progress, Duration elapsed) {
        String count = "  round " + progress.rounds().size() + "/" + progress.spec().lastRound() + "  ";
        String clock = Eta.of(progress.share(), 1 - progress.share(), elapsed).filter(_ -> !progress.ended())
                .map(left -> left(left) + "  ").orElse("") + Format.clock(elapsed);
        int name = Math.max(LEAST_NAME, columns - count.length() - clock.length());
        Line line = line().add(Style.BOLD, glyphs.shortened(progress.spec().name(), name)).add(count);
        int width = Math.clamp(line.room() - clock.length() - 2L, 0, BAR_WIDTH);
        if (width >= LEAST_BAR) {
            String[] bar = glyphs.bar(progress.share(), width);
            line.add(Style.ACCENT, bar[0]).add(Style.DIM, bar[1]).add("  ");
        }
        return line.add(Style.DIM, clock);
    }

    /** What goes on, in words: folded if it does not fit on one line, and cut if not on a few. */
    private List<Line> foot(RunProgress progress) {
        Style style = progress.failed() ? Style.BAD : progress.ended() ? Style.GOOD : Style.DIM;
        Traffic all = progress.traffic().total();
        String saved = all.saved() > 0 ? ", " + Format.bytes(all.saved()) + " saved" : "";
        String moved = all.equals(Traffic.NONE)
                ? ""
                : " " + glyphs.dot() + " " + Format.bytes(all.sent() + all.received()) + " moved" + saved;
        List<Line> lines = new ArrayList<>();
        Line line = line();
        for (String word : (progress.doing() + moved).split("\\s+")) {
            if (line.width() > 0 && line.room() <= word.length() && lines.size() < MOST_FOOT - 1) {
                lines.add(line);
                line = line().add(" ");
            }
            line.add(style, line.width() == 0 ? word : " " + word);
        }
        lines.add(line);
        return lines;
    }

    private Optional<Line> course(String name, RunProgress progress,
            Function<RoundRecord, OptionalDouble> value) {
        double[] values = progress.rounds().stream().map(value).filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble).filter(Double::isFinite).toArray();
        if (values.length == 0) {
            return Optional.empty();
        }
        String last = Format.number(values[values.length - 1]);
        int at = Math.clamp(columns - last.length(), 0, NUMBER_AT);
        Line line = line().add("  ").add(Style.DIM, glyphs.shortened(name, Math.max(0, at - 3))).to(at)
                .add(Style.BOLD, last).to(SPARKLINE_AT);
        return Optional
                .of(line.add(Style.ACCENT, glyphs.sparkline(values, Math.min(SPARKLINE_WIDTH, line.room()))));
    }

    private Line line() {
        return new Line(columns, colours);
    }
}
