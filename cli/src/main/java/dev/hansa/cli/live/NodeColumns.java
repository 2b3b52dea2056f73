package dev.hansa.cli.live;

import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.model.Metrics;
import java.util.Map;

/**
 * What a line of the live view tells of a node: its name and what it does; then, as far as the terminal is wide enough for
 * whole columns, first the metric, then the loss, then the bytes.
 */
final class NodeColumns {
    private static final int MOST_NAME = 16;
    private static final int LEAST_NAME = 4;
    private static final int STATE = 13;
    private static final int NUMBER = 14;
    private static final int BYTES = 6;

    private final Glyphs glyphs;
    private final String metric;
    private final int name;
    private final boolean withMetric;
    private final boolean withLoss;
    private final boolean withBytes;

    /**
     * @param longest  name of a node
     * @param width of the terminal
     */
    NodeColumns(Glyphs glyphs, String metric, int longest, int width) {
        this.glyphs = glyphs;
        this.metric = metric;
        this.name = Math.min(Math.min(MOST_NAME, longest), Math.max(LEAST_NAME, width - STATE - 4));
        int room = width - (2 + name + 2 + STATE);
        this.withMetric = room >= NUMBER - 2;
        this.withLoss = room >= 2 * NUMBER - 2;
        this.withBytes = room >= 2 * NUMBER + BYTES;
    }

    /** Draws the node on an empty line. */
    Line draw(Line line, Map.Entry<String, NodeProgress> entry, Traffic traffic) {
        NodeProgress node = entry.getValue();
        int column = 2 + name + 2;
        line.add("  ").add(Style.BOLD, shortened(entry.getKey())).to(column)
                .add(node.state().style(), mark(node.state()) + " " + node.state().text());
        column += STATE;
        if (withLoss) {
            line.to(column);
            node.training().get(Metrics.LOSS).ifPresent(loss -> line.add("loss ").add(Format.number(loss)));
            column += NUMBER;
        }
        if (withMetric) {
            line.to(column);
            node.evaluation().get(metric)
                    .ifPresent(value -> line.add(Headline.name(metric) + " ").add(Format.number(value)));
            column += NUMBER;
        }
        long bytes = traffic.sent() + traffic.received();
        return withBytes && bytes > 0 ? line.to(column).add(Style.DIM, Format.bytes(bytes)) : line;
    }

    private String mark(NodeProgress.State state) {
        return switch (state) {
            case ANSWERED, READY -> glyphs.answered();
            case IDLE, TRAINING -> glyphs.waiting();
            case SILENT, LATE, FAILED, POSTPONED, REFUSED -> glyphs.absent();
        };
    }

    private String shortened(String text) {
        return glyphs.shortened(text, name);
    }
}
