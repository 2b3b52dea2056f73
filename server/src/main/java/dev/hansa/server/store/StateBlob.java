package dev.hansa.server.store;

import dev.hansa.core.model.Bundle;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.safetensors.SafetensorsFile;
import java.util.LinkedHashMap;
import java.util.Map;
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

    static ServerState read(BlobFolder blobs, Sha256 name, int round) {
        SafetensorsFile file = SafetensorsFile.open(blobs.path(name));
        SortedMap<String, Parameters> slots = new TreeMap<>();
        file.metadata().forEach((part, slot) -> slots.put(slot, Bundle.part(part, file)));
        return new ServerState(round, Bundle.part(MODEL, file), slots);
    }
}
