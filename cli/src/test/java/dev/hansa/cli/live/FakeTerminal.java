package dev.hansa.cli.live;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A terminal in memory that understands the few codes the live view uses, and nothing else. */
public final class FakeTerminal implements Terminal {
    private final boolean interactive;
    private final boolean colours;
    private final boolean unicode;
    private final StringBuilder raw = new StringBuilder();
    private final List<StringBuilder> screen = new ArrayList<>(List.of(new StringBuilder()));
    private int columns;
    private int rows = 24;
    private int line;
    private int column;
    private boolean cursorVisible = true;
    private boolean answers;

    private FakeTerminal(boolean interactive, boolean colours, boolean unicode, int columns) {
        this.interactive = interactive;
        this.colours = colours;
        this.unicode = unicode;
        this.columns = columns;
    }

    public static FakeTerminal watched(int columns) {
        return new FakeTerminal(true, false, true, columns);
    }

    public static FakeTerminal coloured(int columns) {
        return new FakeTerminal(true, true, true, columns);
    }

    public static FakeTerminal ascii(int columns) {
        return new FakeTerminal(true, false, false, columns);
    }

    /** Whoever sees it can be asked. */
    public static FakeTerminal answering(int columns) {
        FakeTerminal terminal = watched(columns);
        terminal.answers = true;
        return terminal;
    }

    /** A file or a pipe. */
    public static FakeTerminal unwatched() {
        return new FakeTerminal(false, false, true, 80);
    }

    void rows(int height) {
        rows = height;
    }

    /** Breaks lines that have become too long, as terminals do; the cursor must be on the last line. */
    void shrink(int width) {
        List<StringBuilder> broken = new ArrayList<>();
        for (StringBuilder text : screen) {
            for (int from = 0; from == 0 || from < text.length(); from += width) {
                broken.add(new StringBuilder(text.substring(from, Math.min(text.length(), from + width))));
            }
        }
        screen.clear();
        screen.addAll(broken);
        line = screen.size() - 1;
        columns = width;
    }

    @Override
    public boolean interactive() {
        return interactive;
    }

    @Override
    public boolean answers() {
        return answers;
    }

    @Override
    public boolean colours() {
        return colours;
    }

    @Override
    public boolean unicode() {
        return unicode;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public OptionalInt columnsOfResults() {
        return interactive ? OptionalInt.of(columns) : OptionalInt.empty();
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public synchronized void print(String text) {
        raw.append(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\033') {
                int end = i + 2;
                while (!Character.isLetter(text.charAt(end))) {
                    end++;
                }
                control(text.substring(i + 2, end), text.charAt(end));
                i = end;
            } else if (c == '\r') {
                column = 0;
            } else if (c == '\n') {
                line++;
                if (line == screen.size()) {
                    screen.add(new StringBuilder());
                }
                column = interactive ? column : 0;
            } else {
                put(c);
            }
        }
    }

    private void control(String parameters, char code) {
        switch (code) {
            case 'A' -> line = Math.max(0, line - Integer.parseInt(parameters));
            case 'K' -> screen.get(line).setLength(Math.min(column, screen.get(line).length()));
            case 'J' -> {
                screen.get(line).setLength(Math.min(column, screen.get(line).length()));
                screen.subList(line + 1, screen.size()).clear();
            }
            case 'h', 'l' -> cursorVisible = code == 'h';
            case 'm' -> {
            }
            default -> throw new AssertionError("the terminal does not know " + code);
        }
    }

    private void put(char c) {
        if (interactive && column == columns) {
            throw new AssertionError("a line is wider than the terminal: " + screen.get(line));
        }
        StringBuilder text = screen.get(line);
        while (text.length() <= column) {
            text.append(' ');
        }
        text.setCharAt(column, c);
        column++;
    }

    /** The lines as a person sees them, without empty ones at the end. */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>(screen.stream().map(text -> text.toString().stripTrailing()).toList());
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /** All that was ever written, codes included. */
    synchronized String raw() {
        return raw.toString();
    }

    boolean cursorVisible() {
        return cursorVisible;
    }
}
