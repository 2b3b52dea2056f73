package dev.hansa.cli.live;

/** How a piece of text looks on a terminal with colours. */
public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    WAITING("33"),
    BAD("31"),
    ACCENT("36");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The text with it, for such a terminal. */
    public String on(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
    }
}
