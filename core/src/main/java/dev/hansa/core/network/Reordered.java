package dev.hansa.core.network;

/**
 * Pictures whose channels lie side by side, turned to channel after channel, as models that are saved elsewhere have it, or
 * the other way round.
 */
final class Reordered extends Layer {
    private final int points;
    private final int channels;
    private final boolean apart;

    /** @param apart whether channels are to lie one after the other, instead of side by side */
    Reordered(Signal in, Signal out, Image image, boolean apart) {
        super(in, out);
        this.points = image.height() * image.width();
        this.channels = image.channels();
        this.apart = apart;
    }

    @Override
    void forward(int rows) {
        turn(in.values, out.values, rows, apart ? points : channels, apart ? channels : points);
    }

    @Override
    void backward(int rows, boolean below) {
        if (below) {
            turn(out.errors, in.errors, rows, apart ? channels : points, apart ? points : channels);
        }
    }

    /** Each row, which is a matrix, transposed. */
    private static void turn(float[] source, float[] target, int rows, int height, int width) {
        int size = height * width;
        for (int begin = 0; begin < rows * size; begin += size) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    target[begin + x * height + y] = source[begin + y * width + x];
                }
            }
        }
    }
}
