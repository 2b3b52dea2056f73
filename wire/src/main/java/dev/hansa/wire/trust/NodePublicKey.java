package dev.hansa.wire.trust;

import dev.hansa.wire.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** The public half of a {@link NodeKey}. Safe for use by several threads. */
public final class NodePublicKey {
    private static final int SIGNATURE_BYTES = 64;

    private final PublicKey key;

    private NodePublicKey(PublicKey key) {
        this.key = key;
    }

    /**
     * The key in the SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException if it is no Ed25519 key, or not encoded in the one way that DER allows
     */
    public static NodePublicKey fromDer(byte[] der) {
        try {
            PublicKey key = KeyFactory.getInstance(NodeKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
            if (Arrays.equals(key.getEncoded(), der)) {
                return new NodePublicKey(key);
            }
            throw new IllegalArgumentException("the public key of " + der.length + " bytes is not encoded as DER");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the public key of " + der.length + " bytes is no " + NodeKey.ALGORITHM + " key", e);
        }
    }

    /** As SubjectPublicKeyInfo. */
    public byte[] toDer() {
        return key.getEncoded();
    }

    /** Whether the holder of the private key signed the message. */
    public boolean verify(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(NodeKey.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw NodeKey.unsupported(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodePublicKey that && Arrays.equals(toDer(), that.toDer());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toDer());
    }

    /** The start of the digest of {@link #toDer}, for people to compare. */
    @Override
    public String toString() {
        return "NodePublicKey[" + Sha256.of(toDer()).hex().substring(0, 16) + "]";
    }
}
