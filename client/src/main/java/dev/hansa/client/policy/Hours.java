package dev.hansa.client.policy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Hours of the day, which may go over midnight.
 *
 * @param from the first moment
 * @param to   the first that is not among them; another than from
 */
public record Hours(LocalTime from, LocalTime to, ZoneId zone) {
    public Hours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("from and to are both " + from + ", expected two times of the day");
        }
    }

    /** Whether that is within them. */
    public boolean contains(Instant time) {
        LocalTime now = time.atZone(zone).toLocalTime();
        boolean begun = !now.isBefore(from);
        boolean over = !now.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }

    /** For people. */
    public String words() {
        return "from " + from + " to " + to + " (" + zone + ")";
    }
}
