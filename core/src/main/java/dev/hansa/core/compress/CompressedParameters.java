package dev.hansa.core.compress;

import dev.hansa.core.model.DamagedParametersException;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.protocol.Compression;
import java.util.Arrays;
import java.util.Optional;

/**
 * Parameters in their compressed form, which are decompressed block by block as they are read: those that were not sent
 * are zero. Safe for several threads.
 */
public final class CompressedParameters implements ParameterSource {
    private static final int BLOCK = 1 << 14;

    private final Compression compression;
    private final Layout layout;
    private final Optional<int[]> gaps;
    private final Payload payload;

    /**
     * The arrays themselves, not copies: for hot paths whose caller made them and lets go of them.
     *
     * @param gaps for each value that was sent, how many were not since the one before; empty if all were
     * @throws DamagedParametersException if they are not what the compression makes of such a layout
     */
    public static CompressedParameters owning(Compression compression, Layout layout, Optional<int[]> gaps,
            Payload payload) {
        int kept = compression.kept(layout.size());
        require(payload.size() == kept, "it holds " + payload.size() + " values, expected " + kept);
        require(gaps.isPresent() == compression.isSparse(), "its places are missing, or not expected");
        gaps.ifPresent(places -> requirePlaces(places, kept, layout.size()));
        if (payload instanceof Payload.Bytes bytes) {
            require(bytes.scales().length == compression.scales(kept),
                    "it holds " + bytes.scales().length + " scales, expected " + compression.scales(kept));
            requireScales(bytes.scales(), 0);
        }
        return new CompressedParameters(compression, layout, gaps, payload);
    }

    private CompressedParameters(Compression compression, Layout layout, Optional<int[]> gaps, Payload payload) {
        this.compression = compression;
        this.layout = layout;
        this.gaps = gaps;
        this.payload = payload;
    }

    private static void requirePlaces(int[] gaps, int kept, int size) {
        require(gaps.length == kept, "it tells the places of " + gaps.length + " values, expected " + kept);
        long place = -1;
        for (int gap : gaps) {
            place += 1L + gap;
            require(gap >= 0 && place < size, "a value lies at " + place + ", expected 0 to " + (size - 1)
                    + " in rising order");
        }
    }

    /**
     * Refuses scales that are none.
     *
     * @param first the number of the first of them
     * @throws DamagedParametersException if one is infinite, no number or negative
     */
    public static void requireScales(float[] scales, int first) {
        for (int i = 0; i < scales.length; i++) {
            require(Float.isFinite(scales[i]) && scales[i] >= 0,
                    "its scale " + (first + i) + " is " + scales[i] + ", expected a finite number of 0 or more");
        }
    }

    private static void require(boolean good, String problem) {
        if (!good) {
            throw new DamagedParametersException(problem);
        }
    }

    /** How they were compressed. */
    public Compression compression() {
        return compression;
    }

    @Override
    public Layout layout() {
        return layout;
    }

    /** For each value that was sent, how many were not since the one before; empty if all were. Not a copy. */
    public Optional<int[]> gaps() {
        return gaps;
    }

    /** The values that were sent. */
    public Payload payload() {
        return payload;
    }

    @Override
    public void read(BlockReader reader) {
        read(0, layout.size(), reader);
    }

    @Override
    public void read(int begin, int end, BlockReader reader) {
        Filler filler = gaps.isPresent() ? sparse(gaps.get(), begin) : payload::read;
        float[] block = new float[Math.min(end - begin, BLOCK)];
        for (int at = begin; at < end; at += block.length) {
            int length = Math.min(block.length, end - at);
            filler.fill(at, block, length);
            reader.accept(at, block, 0, length);
        }
    }

    @Override
    public CompressedParameters opened() {
        return this;
    }

    @Override
    public boolean isInMemory() {
        return true;
    }

    /** Puts values from a place on into a block; place by place, never back. */
    private interface Filler {
        void fill(int at, float[] block, int length);
    }

    private Filler sparse(int[] places, int begin) {
        Cursor next = new Cursor(places, payload);
        while (next.place < begin) {
            next.advance();
        }
        return (at, block, length) -> {
            Arrays.fill(block, 0, length, 0);
            while (next.place < at + length) {
                block[next.place - at] = next.value();
                next.advance();
            }
        };
    }

    /** The next value that was sent, and its place; {@link Integer#MAX_VALUE} after the last. */
    private static final class Cursor {
        private final int[] gaps;
        private final Payload payload;
        private final float[] values = new float[BLOCK];
        private int loaded = -1;
        private int index;
        private int place;

        Cursor(int[] gaps, Payload payload) {
            this.gaps = gaps;
            this.payload = payload;
            this.place = gaps.length == 0 ? Integer.MAX_VALUE : gaps[0];
        }

        float value() {
            int from = index - index % BLOCK;
            if (from != loaded) {
                payload.read(from, values, Math.min(BLOCK, gaps.length - from));
                loaded = from;
            }
            return values[index - from];
        }

        void advance() {
            index++;
            place = index == gaps.length ? Integer.MAX_VALUE : place + 1 + gaps[index];
        }
    }
}
