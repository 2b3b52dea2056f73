package dev.hansa.client.data;

/** Text from a file, fit for a message: in quotes, on one line, not too long. */
final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    static String of(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return '"' + shown.replaceAll("\\p{Cntrl}", "�") + '"';
    }
}
