package dev.hansa.wire.safetensors;

import dev.hansa.core.model.DamagedParametersException;
import java.nio.file.Path;

/** A file is no whole safetensors of 32-bit floats; reading it again does not help. */
public final class SafetensorsException extends DamagedParametersException {
    private static final long serialVersionUID = 1L;

    SafetensorsException(Path file, String problem) {
        super(file + ": " + problem);
    }

    SafetensorsException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
