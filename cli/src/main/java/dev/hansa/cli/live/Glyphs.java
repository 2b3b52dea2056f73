package dev.hansa.cli.live;

/**
 * The drawing characters a terminal can show.
 *
 * @param levels of a sparkline, from low to high
 */
record Glyphs(String levels, String done, String open, String answered, String waiting, String absent, String dot) {
    private static final Glyphs UNICODE = new Glyphs("▁▂▃▄▅▆▇█", "━", "─", "✓", "…", "✗", "·");
    private static final Glyphs ASCII = new Glyphs("_.-=+*#@", "#", "-", "+", ".", "x", "|");

    static Glyphs of(Terminal terminal) {
        return terminal.unicode() ? UNICODE : ASCII;
    }

    /** The text, its end replaced if it is wider than that. */
    String shortened(String text, int width) {
        return text.codePointCount(0, text.length()) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + waiting;
    }

    /** A bar so wide, filled by that share from 0 to 1: the filled part, then the open part. */
    String[] bar(double share, int width) {
        int filled = (int) Math.round(Math.clamp(share, 0, 1) * width);
        return new String[]{done.repeat(filled), open.repeat(width - filled)};
    }

    /** The course of the values, at most so wide: all of them, several to a column if need be. */
    String sparkline(double[] values, int width) {
        int columns = Math.clamp(width, 0, values.length);
        double[] means = new double[columns];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < columns; c++) {
            int from = (int) ((long) c * values.length / columns);
            int to = (int) ((long) (c + 1) * values.length / columns);
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += values[i];
            }
            means[c] = sum / (to - from);
            low = Math.min(low, means[c]);
            high = Math.max(high, means[c]);
        }
        StringBuilder line = new StringBuilder();
        for (double mean : means) {
            double height = high > low ? (mean - low) / (high - low) : 0;
            line.append(levels.charAt((int) Math.round(height * (levels.length() - 1))));
        }
        return line.toString();
    }
}
