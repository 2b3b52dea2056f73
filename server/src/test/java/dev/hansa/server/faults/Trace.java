package dev.hansa.server.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a world, line by line: of the same seed the same. */
final class Trace {
    private final List<Line> lines = new ArrayList<>();
    private long nanos;

    /** The world's time. */
    void time(long now) {
        nanos = now;
    }

    /** Notes what happened. */
    void note(String what) {
        note(() -> what);
    }

    /** The same, put into words only if somebody wants to read it. */
    void note(Supplier<String> what) {
        lines.add(new Line(nanos / 1_000_000, what));
    }

    /** All of it, each with its millisecond. */
    List<String> lines() {
        return lines.stream().map(line -> line.millis + " " + line.what.get()).toList();
    }

    private record Line(long millis, Supplier<String> what) {}
}
