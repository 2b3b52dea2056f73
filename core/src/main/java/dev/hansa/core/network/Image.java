package dev.hansa.core.network;

/** The shape of a picture within a row: line by line, point by point, in each the channels side by side. */
record Image(int height, int width, int channels) {

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
