package dev.hansa.client;

import dev.hansa.core.client.Consent;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.update.Zstd;
import java.util.Optional;

/** Refuses runs that ask for zstd where the library for it is missing. */
record ZstdAtHand() implements Consent {

    @Override
    public Optional<String> objection(Task task) {
        return task instanceof Task.Fit fit && fit.compression().zstd() && !Zstd.isAvailable()
                ? Optional.of(
                        "the run asks for updates compressed with zstd, which this node cannot do: its program comes "
                                + "without zstd-jni, or without native code for this machine")
                : Optional.empty();
    }
}
