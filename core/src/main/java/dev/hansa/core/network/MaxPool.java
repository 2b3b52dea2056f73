package dev.hansa.core.network;

import java.util.Arrays;

/**
 * The largest of each two by two points, then ReLU, which is the same as ReLU before. Lines and columns left over by two are
 * not looked at. Of equal points the first in reading order counts.
 */
final class MaxPool extends Layer {
    private final Image from;
    private final Image to;

    MaxPool(Signal in, Image from, Signal out) {
        super(in, out);
        this.from = from;
        this.to = from.halved();
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

    /** Of a point of the output, all channels; compilers make vectors of the loop. */
    private void largest(int corner, int down, int to) {
        float[] values = in.values;
        float[] target = out.values;
        int right = corner + from.channels();
        int below = corner + down;
        int across = right + down;
        for (int c = 0; c < from.channels(); c++) {
            float upper = Math.max(values[corner + c], values[right + c]);
            float lower = Math.max(values[below + c], values[across + c]);
            target[to + c] = Math.max(Math.max(upper, lower), 0);
        }
    }

    @Override
    void backward(int rows, boolean below) {
        if (!below) {
            return;
        }
        Arrays.fill(in.errors, 0, rows * in.width, 0);
        int down = from.width() * from.channels();
        for (int row = 0, at = 0; row < rows; row++) {
            for (int y = 0; y < to.height(); y++) {
                int corner = row * from.size() + 2 * y * down;
                for (int x = 0; x < to.width(); x++, corner += 2 * from.channels(), at += to.channels()) {
                    passBack(corner, down, at);
                }
            }
        }
    }

    private void passBack(int corner, int down, int at) {
        for (int c = 0; c < from.channels(); c++) {
            float largest = out.values[at + c];
            if (largest > 0) {
                in.errors[origin(largest, corner + c, down)] = out.errors[at + c];
            }
        }
    }

    private int origin(float largest, int corner, int down) {
        if (in.values[corner] == largest) {
            return corner;
        } else if (in.values[corner + from.channels()] == largest) {
            return corner + from.channels();
        }
        return in.values[corner + down] == largest ? corner + down : corner + down + from.channels();
    }
}
