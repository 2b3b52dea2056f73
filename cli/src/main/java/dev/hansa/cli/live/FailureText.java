package dev.hansa.cli.live;

import dev.hansa.core.coordinator.Failures.Failure;

/** Why nodes gave no answer that could be used, in words. */
public final class FailureText {

    private FailureText() {}

    /** Who it was: {@code alice, bob and others}. */
    public static String who(Failure failure) {
        return String.join(", ", failure.clients()) + (failure.others() ? " and others" : "");
    }

    /** How often and when,: {@code 3 times in rounds 2 to 4}. */
    public static String when(Failure failure) {
        return (failure.times() == 1 ? "" : failure.times() + " times ") + place(failure);
    }

    private static String place(Failure failure) {
        if (failure.last() == 0) {
            return "before round 1";
        }
        String first = failure.first() == 0 ? "before round 1" : String.valueOf(failure.first());
        return failure.first() == failure.last() ? "in round " + first
                : failure.first() == 0 ? first + " and up to round " + failure.last()
                        : "in rounds " + first + " to " + failure.last();
    }
}
