package dev.hansa.cli.live;

/**
 * One line for a terminal, never wider than asked and free of control characters: names and reasons come from other
 * machines, and must not steer the terminal.
 */
final class Line {
    private final StringBuilder text = new StringBuilder();
    private final int limit;
    private final boolean colours;
    private int width;

    Line(int limit, boolean colours) {
        this.limit = limit;
        this.colours = colours;
    }

    /** Adds as much of the text as there is room for. */
    Line add(Style style, String piece) {
        String visible = cut(Format.printable(piece), limit - width);
        width += visible.codePointCount(0, visible.length());
        text.append(colours ? style.on(visible) : visible);
        return this;
    }

    Line add(String piece) {
        return add(Style.PLAIN, piece);
    }

    /** Fills with blanks up to the column. */
    Line to(int column) {
        return add(" ".repeat(Math.max(0, column - width)));
    }

    /** How many columns it takes. */
    int width() {
        return width;
    }

    /** The columns that are still free. */
    int room() {
        return limit - width;
    }

    /** With the codes for its colours. */
    @Override
    public String toString() {
        return text.toString();
    }

    private static String cut(String text, int room) {
        int length = text.codePointCount(0, text.length());
        return length <= room ? text : text.substring(0, text.offsetByCodePoints(0, Math.max(0, room)));
    }
}
