package dev.hansa.server.faults;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What goes wrong in one world, and how often: some seeds have a little of everything, some much of one thing. At
 * {@link #CALM} it ends, so that every run can come to its end.
 */
final class Faults {
    /** After that nothing goes wrong any more. */
    static final Duration CALM = Duration.ofMinutes(4);

    private static final Duration NEVER = Duration.ofDays(365);

    private final SplittableRandom random;
    private final Tally tally = new Tally();
    private boolean calm;

    /** At an operation of its disk or its tables a machine crashes. */
    final double crashes;
    /** A crash takes what was not synced. */
    final double powerLoss;
    private final Duration coordinatorLife;
    private final Duration nodeLife;
    /** A request, or its answer, does not arrive. */
    final double lost;
    /** A request arrives twice. */
    final double duplicated;
    /** A request or an answer takes long. */
    final double late;
    /** A body breaks off. */
    final double cut;
    /** How often the disk of the coordinator is full for a while. */
    final int fullDisks;
    /** An operation of the coordinator's disk or tables fails, and would succeed the next time. */
    final double brokenOperations;
    /** The disk of a node is full for a while. */
    final boolean fullNodes;
    /** How long a node stays, on the average, until it leaves in good order. */
    final Duration stay;
    /** How often each machine's clock is set to another time. */
    final int clockJumps;

    Faults(SplittableRandom random, boolean patient) {
        this.random = random;
        crashes = odds(0.03);
        powerLoss = random.nextDouble();
        coordinatorLife = life();
        nodeLife = life();
        lost = odds(0.2);
        duplicated = odds(0.3);
        late = odds(0.3);
        cut = odds(0.4);
        fullDisks = random.nextBoolean() ? random.nextInt(4) : 0;
        brokenOperations = odds(0.02);
        fullNodes = !patient && random.nextInt(2) == 0;
        stay = patient ? NEVER : life();
        clockJumps = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
    }

    private double odds(double most) {
        return random.nextBoolean() ? random.nextDouble() * most : 0;
    }

    private Duration life() {
        return random.nextBoolean() ? Duration.ofSeconds(2 + random.nextInt(120)) : NEVER;
    }

    /** How long a machine lives, on the average, until it crashes wherever it stands. */
    Duration life(Machine.Kind kind) {
        return kind == Machine.Kind.COORDINATOR ? coordinatorLife : nodeLife;
    }

    void calm() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    /** Whether it goes wrong now; if so, it is counted. */
    boolean strike(Mishap mishap, double odds) {
        boolean struck = strike(odds);
        if (struck) {
            tally.count(mishap);
        }
        return struck;
    }

    /** The same of what shows in its consequences. */
    boolean strike(double odds) {
        return !calm && odds > 0 && random.nextDouble() < odds;
    }

    /** It has gone wrong. */
    void count(Mishap mishap) {
        tally.count(mishap);
    }

    Tally tally() {
        return tally;
    }

    /** From zero to the most, rather less than more. */
    Duration within(Duration most) {
        double part = random.nextDouble();
        return Duration.ofNanos((long) (part * part * most.toNanos()));
    }

    /** Exponentially distributed. */
    Duration around(Duration mean) {
        return Duration
                .ofNanos((long) (-Math.log(1 - random.nextDouble()) * mean.toNanos()));
    }

    /** From 0 to below the bound. */
    int choose(int bound) {
        return random.nextInt(bound);
    }

    double chance() {
        return random.nextDouble();
    }
}
