package dev.hansa.cli.io;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a width: broken behind a space, or behind what divides names and lists, or anywhere. */
final class Wrapped {
    private static final String BREAKS = " ,/=";

    private Wrapped() {}

    /** At least one line, none longer than the width of at least 1; nothing is lost but the space at a break. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int end = end(rest, width);
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        if (!rest.isEmpty() || lines.isEmpty()) {
            lines.add(rest);
        }
        return lines;
    }

    /** Where the first line ends; a line of less than a third of the width would look torn. */
    private static int end(String text, int width) {
        if (text.charAt(width) == ' ') {
            return width;
        }
        for (int end = width; end > width / 3; end--) {
            if (BREAKS.indexOf(text.charAt(end - 1)) >= 0) {
                return end;
            }
        }
        return width;
    }
}
