package dev.hansa.server.faults;

import java.util.Arrays;
import java.util.Map;

/**
 * What a coordinator answers to a {@link Request}.
 *
 * @param whole whether all of the body arrives
 */
record Answer(int status, Map<String, String> headers, byte[] body, boolean whole) {

    Answer(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, true);
    }

    /** The same, broken off after so many bytes. */
    Answer cutTo(int bytes) {
        return new Answer(status, headers, Arrays.copyOf(body, bytes), false);
    }

    /** What comes before the body. */
    record Head(int status, Map<String, String> headers) {}
}
