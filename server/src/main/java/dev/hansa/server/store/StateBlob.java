package dev.hansa.server.store;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.safetensors.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        List<Parameters> parts = new ArrayList<>(List.of(state.parameters()));
        List<TensorShape> tensors = new ArrayList<>(named(MODEL, state.parameters().layout()));
        SortedMap<String, String> metadata = new TreeMap<>();
        state.slots().forEach((name, slot) -> {
            String prefix = SLOT + metadata.size();
            metadata.put(prefix, name);
            tensors.addAll(named(prefix, slot.layout()));
            parts.add(slot);
        });
        return blobs.write(new Joined(new Layout(tensors), parts), metadata).sha256();
    }

    private static List<TensorShape> named(String prefix, Layout layout) {
        return layout.tensors().stream().map(shape -> new TensorShape(prefix + "/" + shape.name(), shape.dimensions()))
                .toList();
    }

    static ServerState read(BlobFolder blobs, Sha256 name, int round) {
        SafetensorsFile file = SafetensorsFile.open(blobs.path(name));
        float[] values = Parameters.load(file).toArray();
        SortedMap<String, Parameters> slots = new TreeMap<>();
        file.metadata().forEach((prefix, slot) -> slots.put(slot, part(prefix, file.layout(), values)));
        return new ServerState(round, part(MODEL, file.layout(), values), slots);
    }

    private static Parameters part(String prefix, Layout all, float[] values) {
        List<TensorShape> tensors = all.tensors().stream().filter(shape -> shape.name().startsWith(prefix + "/"))
                .toList();
        Layout layout = new Layout(tensors.stream()
                .map(shape -> new TensorShape(shape.name().substring(prefix.length() + 1), shape.dimensions()))
                .toList());
        int from = tensors.isEmpty() ? 0 : all.offset(tensors.getFirst().name());
        return Parameters.owning(layout, Arrays.copyOfRange(values, from, from + layout.size()));
    }

    /** Several parameters, one behind the other. */
    private record Joined(Layout layout, List<Parameters> parts) implements ParameterSource {
        @Override
        public void read(BlockReader reader) {
            int start = 0;
            for (Parameters part : parts) {
                int before = start;
                part.read((offset, values, from, length) -> reader.accept(before + offset, values, from, length));
                start += part.size();
            }
        }
    }
}
