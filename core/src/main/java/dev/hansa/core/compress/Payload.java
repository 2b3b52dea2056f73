package dev.hansa.core.compress;

import dev.hansa.core.protocol.Compression.Values;

/** Values written in one of the ways of {@link Values}. The arrays are the payload's own, not copies: a hot path. */
public sealed interface Payload {

    /** How many values. */
    int size();

    /** Reads values, from the index on, into the first places of the target. */
    void read(int from, float[] target, int length);

    /** {@link Values#FLOAT32}. */
    record Floats(float[] values) implements Payload {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public void read(int from, float[] target, int length) {
            System.arraycopy(values, from, target, 0, length);
        }
    }

    /** {@link Values#FLOAT16} or, if brain, {@link Values#BFLOAT16}. */
    record Halves(short[] values, boolean brain) implements Payload {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public void read(int from, float[] target, int length) {
            for (int i = 0; i < length; i++) {
                short value = values[from + i];
                target[i] = brain ? BFloat16.toFloat(value) : Float16.toFloat(value);
            }
        }
    }

    /**
     * {@link Values#INT8}.
     *
     * @param scales one a block: each value is its byte times the scale
     * @param block  the size of all blocks but the last
     */
    record Bytes(byte[] values, float[] scales, int block) implements Payload {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public void read(int from, float[] target, int length) {
            for (int done = 0; done < length;) {
                int at = from + done;
                float scale = scales[at / block];
                int end = Math.min(length, done + block - at % block);
                for (; done < end; done++) {
                    target[done] = values[from + done] * scale;
                }
            }
        }
    }
}
