package dev.hansa.cli;

import java.util.regex.Pattern;

/** Keeps tokens that were typed in the wrong place out of messages. */
final class Secrets {
    private static final Pattern TOKEN = Pattern.compile("(hansa-(?:join|operator|access)-)[A-Za-z0-9_-]{4,}");

    private Secrets() {}

    /** The text with only the beginning of each token. */
    static String hidden(String text) {
        return TOKEN.matcher(text).replaceAll("$1…");
    }
}
