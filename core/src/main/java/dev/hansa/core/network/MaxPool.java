package dev.hansa.core.network;

import java.util.Arrays;

/**
 * The largest of each two by two points, then ReLU, which is the same as ReLU before. Lines and columns left over by two are
 * not looked at. Of equal points the first in reading order counts.
 */
final class MaxPool extends Layer {
    private final Image from;
    private final Image to;
    /** For each value of {@code out} where it came from. */
    private final int[] origins;

    MaxPool(Signal in, Image from, Signal out) {
        super(in, out);
        this.from = from;
        this.to = from.halved();
        this.origins = new int[out.values.length];
    }

    @Override
    void forward(int rows) {
        int down = from.width() * from.channels();
        for (int row = 0, at = 0; row < rows; row++) {
            for (int y = 0; y < to.height(); y++) {
                int corner = row * from.size() + 2 * y * down;
                for (int x = 0; x < to.width(); x++, corner += 2 * from.channels(), at += to.channels()) {
                    largest(corner, down, at);
                }
            }
        }
    }

    private void largest(int corner, int down, int to) {
        float[] values = in.values;
        int channels = from.channels();
        for (int c = 0; c < channels; c++) {
            int a = corner + c;
            int b = a + channels;
            int d = a + down;
            int e = d + channels;
            int upper = values[b] > values[a] ? b : a;
            int lower = values[e] > values[d] ? e : d;
            int best = values[lower] > values[upper] ? lower : upper;
            origins[to + c] = best;
            out.values[to + c] = Math.max(values[best], 0);
        }
    }

    @Override
    void backward(int rows, boolean below) {
        if (!below) {
            return;
        }
        Arrays.fill(in.errors, 0, rows * in.width, 0);
        for (int i = 0; i < rows * out.width; i++) {
            if (out.values[i] > 0) {
                in.errors[origins[i]] = out.errors[i];
            }
        }
    }
}
