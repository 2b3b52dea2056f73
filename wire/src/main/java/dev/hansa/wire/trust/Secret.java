package dev.hansa.wire.trust;

import dev.hansa.wire.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** 32 random bytes that prove a right. Compared in constant time, and never printed unless asked for. */
public final class Secret {
    static final int LENGTH_BYTES = 32;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a secret has " + LENGTH_BYTES + " bytes, got " + bytes.length);
        }
        this.bytes = bytes;
    }

    /** A new one. */
    public static Secret random() {
        byte[] bytes = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(bytes);
    }

    /**
     * The secret that has these 32 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Secret fromBytes(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /**
     * The secret of a bearer header's value.
     *
     * @throws IllegalArgumentException if the text is no base64url of 32 bytes; the message does not repeat it
     */
    public static Secret parse(String base64url) {
        return new Secret(Base64.getUrlDecoder().decode(base64url));
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** As base64url without padding, for a bearer header. */
    public String reveal() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What may be stored to recognise it. */
    public Sha256 sha256() {
        return Sha256.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return sha256().hashCode();
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
