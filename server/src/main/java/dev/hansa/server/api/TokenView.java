package dev.hansa.server.api;

import java.time.Instant;

/** A new join token. It holds a secret: for the owner of the node alone. */
public record TokenView(String token, Instant expires) {

    @Override
    public String toString() {
        return "TokenView[expires=" + expires + "]";
    }
}
