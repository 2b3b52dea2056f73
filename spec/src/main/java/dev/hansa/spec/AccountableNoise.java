package dev.hansa.spec;

import dev.hansa.core.coordinator.PrivacyPlan;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.wire.Limits;

/** Refuses promises in numbers so extreme that nodes could not work with them, and refuse them. */
final class AccountableNoise {
    /** Far within {@link Limits#LEAST_SIZE}: granularities are smaller than clips, and shares of noise than all of it. */
    private static final double LEAST = 1e-20;
    private static final double MOST = 1e20;

    private AccountableNoise() {}

    /** @throws IllegalArgumentException naming the number, if one is too extreme */
    static void require(RunSpec run, PrivacyPlan plan) {
        double clip = plan.privacy().clip();
        size("privacy.clip", clip);
        size("the noise multiplier", plan.noise());
        size("the deviation of the noise", plan.noise() * clip);
        run.terms().rows().ifPresent(rows -> {
            require(rows.sampling() >= Limits.LEAST_RATE, "privacy.sampling", rows.sampling(),
                    "at least " + Limits.LEAST_RATE);
            long steps = (long) rows.steps() * run.terms().rounds();
            require(steps <= Limits.STEPS_IN_ALL, "the number of steps in all rounds", steps,
                    "at most " + Limits.STEPS_IN_ALL);
        });
    }

    private static void size(String name, double value) {
        require(value >= LEAST && value <= MOST, name, value, "from " + LEAST + " to " + MOST);
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", expected " + expected + ": nodes refuse what they cannot account for");
        }
    }
}
