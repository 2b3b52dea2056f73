package dev.hansa.core.aggregate.robust;

/** How many updates a rule needs, by how many of them may be anything. */
final class Fewest {

    private Fewest() {}

    /** Refuses a number of updates that is none. */
    static void requireCount(String name, int count, int least) {
        if (count < least) {
            throw new IllegalArgumentException(name + " is " + count + ", expected at least " + least);
        }
    }

    /** {@code times f + more}; never less because it is too large a number. */
    static int updates(int times, int f, int more) {
        return (int) Math.min(Integer.MAX_VALUE, (long) times * f + more);
    }

    /** Refuses a size that is none. */
    static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected a finite number greater than 0");
        }
    }
}
