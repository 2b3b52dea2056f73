package dev.hansa.core.network;

/** Pictures with zeros around them. */
final class Padded {
    /** Values of a line, with its zeros. */
    final int line;
    final float[] values;
    private final Image image;
    private final int border;
    private final int size;

    Padded(int rows, Image image, int border) {
        this.image = image;
        this.border = border;
        this.line = (image.width() + 2 * border) * image.channels();
        this.size = (image.height() + 2 * border) * line;
        this.values = new float[rows * size];
    }

    /** Where the line of the row's picture begins; the first lines are zeros. */
    int line(int row, int y) {
        return row * size + y * line;
    }

    /** Takes the pictures of so many rows. */
    void fill(float[] source, int rows) {
        int length = image.width() * image.channels();
        for (int row = 0, from = 0; row < rows; row++) {
            for (int y = 0; y < image.height(); y++, from += length) {
                System.arraycopy(source, from, values, line(row, y + border) + border * image.channels(), length);
            }
        }
    }
}
