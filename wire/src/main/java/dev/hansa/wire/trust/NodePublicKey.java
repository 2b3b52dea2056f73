package dev.hansa.wire.trust;

import dev.hansa.wire.Sha256;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The public half of a {@link NodeKey}. Safe for use by several threads. */
public final class NodePublicKey {
    /** What stands before the 32 bytes of the key in a SubjectPublicKeyInfo (RFC 8410). */
    private static final Prefixed INFO = new Prefixed(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0);

    private final byte[] key;

    private NodePublicKey(byte[] key) {
        this.key = key;
    }

    static NodePublicKey of(byte[] raw) {
        return new NodePublicKey(raw);
    }

    /** @throws IllegalArgumentException if these are not the 32 bytes of a key */
    static NodePublicKey fromRaw(byte[] raw) {
        return fromDer(INFO.before(raw));
    }

    /** The 32 bytes; not to be changed. */
    byte[] raw() {
        return key;
    }

    /**
     * The key in the SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException if it is no Ed25519 key, or not encoded in the one way that DER allows
     */
    public static NodePublicKey fromDer(byte[] der) {
        return new NodePublicKey(INFO.content(der).filter(key -> Ed25519.validatePublicKeyPartial(key, 0))
                .orElseThrow(() -> new IllegalArgumentException("the public key of " + der.length + " bytes is no "
                        + NodeKey.ALGORITHM + " key")));
    }

    /** As SubjectPublicKeyInfo. */
    public byte[] toDer() {
        return INFO.before(key);
    }

    /** Whether the holder of the private key signed the message. */
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodePublicKey that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** The start of the digest of {@link #toDer}, for people to compare. */
    @Override
    public String toString() {
        return "NodePublicKey[" + Sha256.of(toDer()).hex().substring(0, 16) + "]";
    }
}
