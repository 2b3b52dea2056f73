package dev.hansa.wire.safetensors;

import dev.hansa.core.model.DamagedParametersException;
import java.nio.file.Path;

/** A file, or a part of a message, is no whole safetensors of 32-bit floats; reading it again does not help. */
public final class SafetensorsException extends DamagedParametersException {
    private static final long serialVersionUID = 1L;

    SafetensorsException(Path file, String problem) {
        super(file + ": " + problem);
    }

    SafetensorsException(String where, String problem) {
        super(where + " " + problem);
    }

    SafetensorsException(String where, String problem, Throwable cause) {
        super(where + " " + problem, cause);
    }

    SafetensorsException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
