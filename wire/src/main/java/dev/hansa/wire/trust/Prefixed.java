package dev.hansa.wire.trust;

import java.util.Arrays;
import java.util.Optional;

/** The DER of an Ed25519 key: always the same bytes (RFC 8410), and behind them the 32 of the key. */
final class Prefixed {
    private static final int KEY_BYTES = 32;

    private final byte[] prefix;

    Prefixed(int... prefix) {
        this.prefix = new byte[prefix.length];
        for (int i = 0; i < prefix.length; i++) {
            this.prefix[i] = (byte) prefix[i];
        }
    }

    /** The whole. */
    byte[] before(byte[] key) {
        byte[] whole = Arrays.copyOf(prefix, prefix.length + KEY_BYTES);
        System.arraycopy(key, 0, whole, prefix.length, KEY_BYTES);
        return whole;
    }

    /** The key; empty if the whole is anything else. */
    Optional<byte[]> content(byte[] whole) {
        boolean is = whole.length == prefix.length + KEY_BYTES
                && Arrays.equals(Arrays.copyOf(whole, prefix.length), prefix);
        return is ? Optional.of(Arrays.copyOfRange(whole, prefix.length, whole.length)) : Optional.empty();
    }
}
