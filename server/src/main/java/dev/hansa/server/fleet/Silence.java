package dev.hansa.server.fleet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Tells people of nodes that were asked, have not answered, and have not been heard of since. */
final class Silence {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private Silence() {}

    /**
     * Who is silent since when, and until when they are waited for; empty if nobody is silent.
     *
     * @param absent with when each was last seen, if it was since this process began. It may be at work for long, or gone:
     *               nobody can tell
     */
    static String text(SortedMap<String, Optional<Instant>> absent, Instant end) {
        return absent.isEmpty()
                ? ""
                : absent.entrySet().stream()
                        .map(node -> node.getKey() + ", not heard of since "
                                + node.getValue().map(TIME::format).orElse("this coordinator started"))
                        .collect(Collectors.joining("; "))
                        + "; until " + TIME.format(end) + " at the latest";
    }
}
