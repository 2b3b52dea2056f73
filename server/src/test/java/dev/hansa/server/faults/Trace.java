package dev.hansa.server.faults;

import java.util.ArrayList;
import java.util.List;

/** What happened in a world, line by line: of the same seed the same. */
public final class Trace {
    private final List<String> lines = new ArrayList<>();
    private long nanos;

    /** The world's time. */
    void time(long now) {
        nanos = now;
    }

    /** Notes what happened. */
    public void note(String what) {
        lines.add(nanos / 1_000_000 + " " + what);
    }

    /** All of it. */
    List<String> lines() {
        return lines;
    }
}
