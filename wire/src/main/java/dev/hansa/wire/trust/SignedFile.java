package dev.hansa.wire.trust;

import dev.hansa.wire.Limits;
import java.nio.charset.StandardCharsets;

/**
 * A run file or a statistics file with its author's signature, which need not hold.
 *
 * @param text of at most {@link Limits#SIGNED_FILE_BYTES} in UTF-8
 */
public record SignedFile(String text, FileSignature signature) {
    public SignedFile {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > Limits.SIGNED_FILE_BYTES) {
            throw new IllegalArgumentException("a file that is signed has " + size + " bytes, expected at most "
                    + Limits.SIGNED_FILE_BYTES + ": it goes to each node with each task");
        }
    }

    /** Whether its author has signed it as a file of that kind. */
    public boolean holds(FileSignature.Kind kind) {
        return signature.holdsFor(kind, text);
    }
}
