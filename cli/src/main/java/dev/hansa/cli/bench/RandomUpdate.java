package dev.hansa.cli.bench;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import java.util.SplittableRandom;

/** An update of random numbers from -2⁻¹⁰ to 2⁻¹⁰ that are made when they are read: the same each time for its number. */
record RandomUpdate(Layout layout, int number) implements ParameterSource {
    private static final int BLOCK = 1 << 14;

    @Override
    public void read(BlockReader reader) {
        SplittableRandom random = new SplittableRandom(number);
        float[] values = new float[Math.min(BLOCK, layout.size())];
        for (int at = 0; at < layout.size(); at += values.length) {
            int length = Math.min(values.length, layout.size() - at);
            for (int i = 0; i < length; i++) {
                values[i] = (random.nextInt() >> 8) * 0x1p-33f;
            }
            reader.accept(at, values, 0, length);
        }
    }
}
