package dev.hansa.core.simulation;

/**
 * MT19937, seeded by a number as NumPy's {@code RandomState} and PyTorch's CPU generator are: Matsumoto and Nishimura,
 * <i>Mersenne Twister: A 623-Dimensionally Equidistributed Uniform Pseudo-Random Number Generator</i>, 1998.
 */
final class MersenneTwister {
    private static final int SIZE = 624;
    private static final int MIDDLE = 397;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    MersenneTwister(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1_812_433_253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /** The next 32 bits. */
    int bits() {
        if (next == SIZE) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int y = state[i] & 0x80000000 | state[(i + 1) % SIZE] & 0x7fffffff;
            state[i] = state[(i + MIDDLE) % SIZE] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }

    /** NumPy's {@code permutation}: Fisher-Yates from the end, with indexes by rejection. */
    int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int last = size - 1; last > 0; last--) {
            int mask = Integer.highestOneBit(last) * 2 - 1;
            int other = bits() & mask;
            while (other > last) {
                other = bits() & mask;
            }
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    /** PyTorch's {@code uniform_(-bound, bound)} for floats: 24 bits each. */
    double uniform(double bound) {
        return ((bits() & 0xffffff) / (double) (1 << 24) * 2 - 1) * bound;
    }
}
