package dev.hansa.core.compress;

/** The upper 16 bits of a float: its range, 8 significant bits. Rounds to the nearest, ties to even. */
final class BFloat16 {
    private static final int NOT_A_NUMBER = 0x7fc0;

    private BFloat16() {}

    static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        int odd = (bits >>> 16) & 1;
        return (short) ((bits + 0x7fff + odd) >>> 16);
    }

    static float toFloat(short brain) {
        return Float.intBitsToFloat(brain << 16);
    }
}
