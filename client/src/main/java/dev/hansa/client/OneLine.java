package dev.hansa.client;

/**
 * Text of another machine's on one line of a log: names and reasons are chosen by others, and must not look like lines that
 * the node itself has written.
 */
final class OneLine {
    private OneLine() {}

    /** The text with a question mark for each control character, line break and invisible mark. */
    static String of(String text) {
        return text.codePoints().map(c -> isVisible(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
