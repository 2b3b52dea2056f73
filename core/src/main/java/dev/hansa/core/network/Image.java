package dev.hansa.core.network;

/** The shape of a picture within a row: line by line, point by point, in each the channels side by side. */
record Image(int height, int width, int channels) {

    Image {
        if ((long) height * width > Integer.MAX_VALUE / channels) {
            throw new IllegalArgumentException("a picture of " + height + " × " + width + " points in " + channels
                    + " channels has more than " + Integer.MAX_VALUE + " values");
        }
    }

    int size() {
        return height * width * channels;
    }

    /** With another number of channels. */
    Image of(int other) {
        return new Image(height, width, other);
    }

    /** Half as high and wide, rounded down. */
    Image halved() {
        return new Image(height / 2, width / 2, channels);
    }
}
