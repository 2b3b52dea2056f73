package dev.hansa.client.policy;

import dev.hansa.core.protocol.Mandate;
import dev.hansa.wire.trust.FileSignature.Kind;

/** Reads files that authors have signed. They are YAML, which not every node can read. */
public interface SignedFiles {
    /** Cannot read any. */
    SignedFiles NONE = (kind, text) -> {
        throw new IllegalArgumentException("this program cannot read it");
    };

    /**
     * What the file asks for.
     *
     * @throws RuntimeException if it cannot be read; the message says why
     */
    Mandate read(Kind kind, String text);
}
