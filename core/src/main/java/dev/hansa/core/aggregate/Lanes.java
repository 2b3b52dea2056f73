package dev.hansa.core.aggregate;

import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/**
 * The places of a layout, shared out among processors. Each place belongs to one lane, so that what is worked out place by
 * place does not depend on how many lanes there are.
 */
final class Lanes {
    /** Fewer places are done sooner than another thread begins. */
    private static final int WORTHWHILE = 1 << 18;
    /** Reading from the disk's cache feeds no more. */
    private static final int MOST = 4;

    private Lanes() {}

    /**
     * The results of all lanes, in the order of their places; lanes are worked on at the same time.
     *
     * @param work takes the first place of a lane, and the place after its last
     */
    static IntStream each(int places, IntBinaryOperator work) {
        int lanes = places < WORTHWHILE ? 1 : Math.min(MOST, Runtime.getRuntime().availableProcessors());
        IntStream all = IntStream.range(0, lanes);
        return (lanes == 1 ? all : all.parallel())
                .map(lane -> work.applyAsInt(begin(places, lanes, lane), begin(places, lanes, lane + 1)));
    }

    private static int begin(int places, int lanes, int lane) {
        return (int) ((long) places * lane / lanes);
    }
}
