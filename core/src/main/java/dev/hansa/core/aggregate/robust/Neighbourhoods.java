package dev.hansa.core.aggregate.robust;

import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Krum's view of vectors: who has near neighbours. Of several that are as good the first is the best. */
final class Neighbourhoods {
    private final double[][] squared;
    /** For each vector the others, the nearest first. */
    private final int[][] nearest;

    /** @param squared the squared distance between each two */
    Neighbourhoods(double[][] squared) {
        this.squared = squared;
        this.nearest = new int[squared.length][];
        for (int i = 0; i < squared.length; i++) {
            int self = i;
            nearest[i] = IntStream.range(0, squared.length).filter(other -> other != self).boxed()
                    .sorted(Comparator.comparingDouble(other -> squared[self][other])).mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    /** The score of each vector among all: the sum of the squared distances to its n - f - 2 nearest others. */
    double[] scores(int f) {
        BitSet all = all();
        return IntStream.range(0, squared.length).mapToDouble(i -> score(i, squared.length - f - 2, all)).toArray();
    }

    /** The so many vectors with the lowest {@link #scores}, in their order. */
    int[] best(int f, int many) {
        double[] scores = scores(f);
        return IntStream.range(0, scores.length).boxed().sorted(Comparator.comparingDouble(i -> scores[i]))
                .limit(many).mapToInt(Integer::intValue).sorted().toArray();
    }

    /**
     * So many vectors, each the best among those that were not chosen before it, in the order of being chosen. With r of
     * them left a score takes r - f - 2 neighbours, but at least one.
     */
    int[] bestAmongTheRest(int f, int many) {
        BitSet rest = all();
        int[] chosen = new int[many];
        for (int i = 0; i < many; i++) {
            chosen[i] = best(Math.max(1, rest.cardinality() - f - 2), rest);
            rest.clear(chosen[i]);
        }
        return chosen;
    }

    private int best(int neighbours, BitSet rest) {
        int best = -1;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = rest.nextSetBit(0); i >= 0; i = rest.nextSetBit(i + 1)) {
            double score = score(i, neighbours, rest);
            if (best < 0 || score < lowest) {
                best = i;
                lowest = score;
            }
        }
        return best;
    }

    private double score(int vector, int neighbours, BitSet rest) {
        double score = 0;
        int left = neighbours;
        for (int i = 0; left > 0 && i < nearest[vector].length; i++) {
            int other = nearest[vector][i];
            if (rest.get(other)) {
                score += squared[vector][other];
                left--;
            }
        }
        return score;
    }

    private BitSet all() {
        BitSet all = new BitSet(squared.length);
        all.set(0, squared.length);
        return all;
    }
}
