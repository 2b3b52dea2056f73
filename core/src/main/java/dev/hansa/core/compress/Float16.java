package dev.hansa.core.compress;

/**
 * IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. Rounds to the nearest, ties to even, as
 * {@code Float.floatToFloat16} of newer platforms does.
 */
final class Float16 {
    /** A float that ends where a half's smallest step is: to add it is to round to that step. */
    private static final float ROUNDER = 0.5f;
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
    private static final int LEAST_NORMAL = 0x38800000; // 2^-14
    private static final int TOO_LARGE = 0x47800000; // 2^16
    private static final int INFINITE_FLOAT = 0x7f800000;
    private static final int INFINITE = 0x7c00;
    private static final int NOT_A_NUMBER = 0x7e00;
    private static final int REBIAS = 127 - 15;
    private static final int SHIFT = 23 - 10;
    private static final int HALF_STEP = 1 << (SHIFT - 1);

    private Float16() {}

    static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude >= TOO_LARGE) {
            return (short) (sign | (magnitude > INFINITE_FLOAT ? NOT_A_NUMBER : INFINITE));
        } else if (magnitude < LEAST_NORMAL) {
            int rounded = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + ROUNDER);
            return (short) (sign | (rounded - ROUNDER_BITS));
        }
        int odd = (magnitude >>> SHIFT) & 1;
        int rounded = magnitude - (REBIAS << 23) + HALF_STEP - 1 + odd;
        return (short) (sign | (rounded >>> SHIFT));
    }

    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int magnitude = half & 0x7fff;
        int bits;
        if (magnitude >= INFINITE) {
            bits = INFINITE_FLOAT | (magnitude << SHIFT);
        } else if (magnitude < 1 << 10) { // made of a normal number: slow machines are slow with others
            bits = Float.floatToRawIntBits(Float.intBitsToFloat(ROUNDER_BITS + magnitude) - ROUNDER);
        } else {
            bits = (magnitude << SHIFT) + (REBIAS << 23);
        }
        return Float.intBitsToFloat(sign | bits);
    }
}
