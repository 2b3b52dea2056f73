package dev.hansa.core.strategy;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import java.util.Optional;

/** {@code factor · (values + shift)}, computed as it is read. */
record Stale(ParameterSource values, double factor, Optional<Parameters> shift) implements ParameterSource {

    @Override
    public Layout layout() {
        return values.layout();
    }

    @Override
    public void read(BlockReader reader) {
        values.read(scaled(reader));
    }

    @Override
    public void read(int begin, int end, BlockReader reader) {
        values.read(begin, end, scaled(reader));
    }

    private BlockReader scaled(BlockReader reader) {
        return (offset, block, from, length) -> {
            float[] scaled = new float[length];
            for (int i = 0; i < length; i++) {
                double value = block[from + i];
                scaled[i] = (float) (factor * (shift.isPresent() ? value + shift.get().get(offset + i) : value));
            }
            reader.accept(offset, scaled, 0, length);
        };
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // equal values may lie elsewhere
    public ParameterSource opened() {
        ParameterSource opened = values.opened();
        return opened == values ? this : new Stale(opened, factor, shift);
    }

    @Override
    public boolean isInMemory() {
        return values.isInMemory();
    }
}
