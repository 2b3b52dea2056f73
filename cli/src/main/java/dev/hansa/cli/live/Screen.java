package dev.hansa.cli.live;

import java.util.List;

/**
 * A block of lines at the bottom of a terminal that is drawn over and over, with other lines scrolling away above it.
 *
 * <p>Each change is one write, so that nothing else gets between its parts. The cursor is hidden from the first drawing
 * to {@link #close}. Not safe for several threads.
 */
final class Screen {
    private static final String HIDE_CURSOR = "\033[?25l";
    private static final String SHOW_CURSOR = "\033[?25h";
    private static final String CLEAR_TO_END = "\033[J";
    private static final String CLEAR_LINE_END = "\033[K";

    private final Terminal terminal;
    private List<Line> shown = List.of();
    private boolean hidden;

    Screen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Replaces the block; lines above it are written first, and stay. */
    void draw(List<String> above, List<Line> block) {
        StringBuilder text = new StringBuilder(hidden ? "" : HIDE_CURSOR);
        hidden = true;
        backToTop(text);
        above.forEach(line -> text.append(Format.printable(line)).append(CLEAR_LINE_END).append("\r\n"));
        block.forEach(line -> text.append(line).append(CLEAR_LINE_END).append("\r\n"));
        text.append(CLEAR_TO_END);
        shown = List.copyOf(block);
        terminal.print(text.toString());
    }

    /** If the window has become narrower, the terminal has broken the lines that were shown: count what they are now. */
    private void backToTop(StringBuilder text) {
        int columns = terminal.columns();
        int height = shown.stream().mapToInt(line -> 1 + Math.max(0, line.width() - 1) / columns).sum();
        if (height > 0) {
            text.append("\r\033[").append(height).append('A');
        }
    }

    /** Leaves the block where it is and the cursor below it, visible. */
    void close() {
        shown = List.of();
        if (hidden) {
            hidden = false;
            terminal.print(SHOW_CURSOR);
        }
    }
}
