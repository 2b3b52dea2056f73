package dev.hansa.wire.safetensors;

import dev.hansa.core.FederationException;
import java.nio.file.Path;

/** A file cannot be read as safetensors; reading it again does not help. */
public final class SafetensorsException extends FederationException {
    private static final long serialVersionUID = 1L;

    SafetensorsException(Path file, String problem) {
        super(file + ": " + problem, false);
    }

    SafetensorsException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, false, cause);
    }
}
