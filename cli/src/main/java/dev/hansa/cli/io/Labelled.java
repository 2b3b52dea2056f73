package dev.hansa.cli.io;

/** Text with a word before it that says what it is about; both in columns of their own. */
public final class Labelled {
    private static final int MOST_COLUMNS = 100;

    private Labelled() {}

    /**
     * The lines, of the first of which the label is the beginning; between words only.
     *
     * @param left    the width of the label's column
     * @param columns that there are; of very wide terminals a part is used
     */
    public static String text(String label, int left, String text, int columns) {
        int room = Math.min(MOST_COLUMNS, columns) - left;
        StringBuilder lines = new StringBuilder(label).append(" ".repeat(Math.max(1, left - label.length())));
        int width = 0;
        for (String word : text.split(" ")) {
            if (width > 0 && width + 1 + word.length() > room) {
                lines.append('\n').append(" ".repeat(left));
                width = 0;
            }
            lines.append(width > 0 ? " " : "").append(word);
            width += word.length() + (width > 0 ? 1 : 0);
        }
        return lines.toString();
    }
}
