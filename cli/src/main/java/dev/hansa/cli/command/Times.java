package dev.hansa.cli.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Points in time as people here read them. */
final class Times {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private Times() {}

    static String of(Instant time) {
        return FORM.format(time.atZone(ZoneId.systemDefault()));
    }
}
