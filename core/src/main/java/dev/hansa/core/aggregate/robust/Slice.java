package dev.hansa.core.aggregate.robust;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A share of the places of vectors, for one processor at a time.
 *
 * <p>Slices are cut, and tiles within them, by the number of places alone. So what is added up tile by tile, then slice by
 * slice, does not depend on how many processors there are, nor on how many places are read at a time.
 */
record Slice(Vectors vectors, int begin, int end) {
    /** The places over which sums are added up together: so few that a tile of many vectors stays near the processor. */
    static final int TILE = 1 << 10;
    /** Fewer places are done sooner than another thread begins. */
    private static final int WORTHWHILE = 1 << 16;
    /** Reading from the disk's cache feeds no more. */
    private static final int MOST = 4;

    /**
     * The results of all slices, in the order of their places. Slices are worked on at the same time, but one after the
     * other if the vectors are costly: then blocks are large.
     */
    static <T> List<T> each(Vectors vectors, Function<Slice, T> work) {
        int tiles = vectors.size() / TILE;
        int slices = vectors.size() < WORTHWHILE ? 1 : MOST;
        IntStream each = IntStream.range(0, slices);
        return (vectors.isCostly() ? each : each.parallel())
                .mapToObj(slice -> new Slice(vectors, TILE * (tiles * slice / slices),
                        slice == slices - 1 ? vectors.size() : TILE * (tiles * (slice + 1) / slices)))
                .map(work).collect(Collectors.toList());
    }

    /** How many places a block has at most. */
    int blockSize() {
        return Math.min(vectors.blockSize(), end - begin);
    }

    /** Room for a block of all vectors. */
    double[][] block() {
        return new double[vectors.count()][blockSize()];
    }

    /** Hands over the blocks one after the other. */
    void forEachBlock(BlockWork work) {
        for (int at = begin; at < end; at += blockSize()) {
            work.block(at, Math.min(blockSize(), end - at));
        }
    }

    /** Hands over the tiles of a block, as places within it. */
    static void forEachTile(int length, TileWork work) {
        for (int from = 0; from < length; from += TILE) {
            work.tile(from, Math.min(length, from + TILE));
        }
    }

    /** What is done with a block. */
    @FunctionalInterface
    interface BlockWork {
        /**
         * @param begin  its first place
         * @param length how many places it has
         */
        void block(int begin, int length);
    }

    /** What is done with a tile, from its first place to before its end. */
    @FunctionalInterface
    interface TileWork {
        void tile(int from, int to);
    }
}
