package dev.hansa.core.aggregate.robust;

import java.util.function.Function;

/**
 * Distances between vectors, and their products, each by one pass over all values.
 *
 * <p>Distances are added up from differences, not made of products ({@code ‖x‖² + ‖y‖² - 2⟨x, y⟩}): these would lose the
 * distance between two near vectors that are far from zero.
 */
final class Distances {

    private Distances() {}

    /** The squared Euclidean distance between each two. */
    static double[][] squared(Vectors vectors) {
        double[][] squared = total(vectors, Distances::squared);
        for (int i = 0; i < squared.length; i++) {
            for (int j = 0; j < i; j++) {
                squared[j][i] = squared[i][j];
            }
        }
        return squared;
    }

    /** Only the second of two vectors knows the distance from the first. */
    private static double[][] squared(Slice slice) {
        double[][] block = slice.block();
        double[][] squared = new double[block.length][block.length];
        slice.forEachBlock((begin, length) -> {
            slice.vectors().readAll(begin, length, block);
            Slice.forEachTile(length, (from, to) -> {
                for (int i = 0; i < block.length; i++) {
                    for (int j = 0; j < i; j++) {
                        squared[i][j] += TileSums.squaredDistance(block[i], block[j], from, to);
                    }
                }
            });
        });
        return squared;
    }

    /** The Euclidean distance of each vector from a combination of them. */
    static double[] from(Linear centre) {
        return roots(total(centre.vectors(), slice -> squaredFrom(centre, slice))[0]);
    }

    private static double[][] squaredFrom(Linear centre, Slice slice) {
        double[][] block = slice.block();
        double[] values = new double[slice.blockSize()];
        double[] squared = new double[block.length];
        slice.forEachBlock((begin, length) -> {
            slice.vectors().readAll(begin, length, block);
            centre.of(block, length, values);
            Slice.forEachTile(length, (from, to) -> {
                for (int i = 0; i < block.length; i++) {
                    squared[i] += TileSums.squaredDistance(block[i], values, from, to);
                }
            });
        });
        return new double[][]{squared};
    }

    /** The Euclidean norm of each vector, and its product with the last. */
    static NormsAndProducts withLast(Vectors vectors) {
        double[][] total = total(vectors, Distances::withLast);
        return new NormsAndProducts(roots(total[0]), total[1]);
    }

    /** Both by vector. */
    record NormsAndProducts(double[] norms, double[] products) {}

    private static double[][] withLast(Slice slice) {
        double[][] block = slice.block();
        double[] last = block[block.length - 1];
        double[][] totals = new double[2][block.length];
        slice.forEachBlock((begin, length) -> {
            slice.vectors().readAll(begin, length, block);
            Slice.forEachTile(length, (from, to) -> {
                for (int i = 0; i < block.length; i++) {
                    totals[0][i] += TileSums.product(block[i], block[i], from, to);
                    totals[1][i] += TileSums.product(block[i], last, from, to);
                }
            });
        });
        return totals;
    }

    private static double[][] total(Vectors vectors, Function<Slice, double[][]> work) {
        return Slice.each(vectors, work).stream().reduce(Distances::plus)
                .orElseThrow(() -> new AssertionError("there is a slice"));
    }

    private static double[][] plus(double[][] total, double[][] more) {
        for (int i = 0; i < total.length; i++) {
            for (int j = 0; j < total[i].length; j++) {
                total[i][j] += more[i][j];
            }
        }
        return total;
    }

    private static double[] roots(double[] squares) {
        for (int i = 0; i < squares.length; i++) {
            squares[i] = Math.sqrt(squares[i]);
        }
        return squares;
    }
}
