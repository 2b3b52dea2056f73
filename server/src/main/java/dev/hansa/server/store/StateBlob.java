package dev.hansa.server.store;

import dev.hansa.core.mechanism.LeftNoise;
import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.safetensors.SafetensorsFile;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Server states as blobs: the tensors of the model as {@code model/NAME}, those of the nth slot as {@code slotN/NAME};
 * the metadata tell the slots' names.
 */
final class StateBlob {
    private static final String MODEL = "model";
    private static final String SLOT = "slot";

    private StateBlob() {}

    static Sha256 save(BlobFolder blobs, ServerState state) {
        Map<String, Parameters> parts = new LinkedHashMap<>();
        parts.put(MODEL, state.parameters());
        SortedMap<String, String> metadata = new TreeMap<>();
        state.slots().forEach((name, slot) -> {
            String part = SLOT + metadata.size();
            metadata.put(part, name);
            parts.put(part, slot);
        });
        return blobs.write(Bundle.of(parts), metadata).sha256();
    }

    /** Writes the state without what noise has left in it; empty if it holds nothing of the kind, or is not there. */
    static Optional<Sha256> withoutNoise(BlobFolder blobs, Sha256 name) {
        if (!Files.exists(blobs.path(name))
                || SafetensorsFile.open(blobs.path(name)).metadata().values().stream().noneMatch(LeftNoise::is)) {
            return Optional.empty();
        }
        return Optional.of(save(blobs, LeftNoise.forget(read(blobs, name, 0))));
    }

    static ServerState read(BlobFolder blobs, Sha256 name, int round) {
        SafetensorsFile file = SafetensorsFile.open(blobs.path(name));
        SortedMap<String, Parameters> slots = new TreeMap<>();
        file.metadata().forEach((part, slot) -> slots.put(slot, Bundle.part(part, file)));
        return new ServerState(round, Bundle.part(MODEL, file), slots);
    }
}
