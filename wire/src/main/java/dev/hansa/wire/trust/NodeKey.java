package dev.hansa.wire.trust;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * A node's Ed25519 key pair (RFC 8032).
 *
 * <p>Only this type and {@link NodePublicKey} know where the algorithm comes from: Java has it from version 15 on; on an
 * older Android a security provider that has it, such as Bouncy Castle's, must be installed. Safe for use by several
 * threads; never printed.
 */
public final class NodeKey {
    static final String ALGORITHM = "Ed25519";

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private final PrivateKey privateKey;
    private final NodePublicKey publicKey;

    private NodeKey(PrivateKey privateKey, NodePublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new pair. */
    public static NodeKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new NodeKey(pair.getPrivate(), NodePublicKey.fromDer(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    /**
     * The pair that {@link #toPem} gave.
     *
     * @throws IllegalArgumentException if the text is anything else; the message does not repeat it
     */
    public static NodeKey fromPem(String pem) {
        try {
            PrivateKey privateKey = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(block(pem, PRIVATE)));
            NodeKey key = new NodeKey(privateKey, NodePublicKey.fromDer(block(pem, PUBLIC)));
            byte[] probe = PUBLIC.getBytes(StandardCharsets.US_ASCII);
            if (!key.publicKey.verify(probe, key.sign(probe))) {
                throw new IllegalArgumentException("the private and the public key do not belong together");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key is no " + ALGORITHM + " key", e);
        }
    }

    /** The private key (PKCS#8) and the public key (SubjectPublicKeyInfo), one after the other, in PEM. A secret. */
    public String toPem() {
        return block(PRIVATE, privateKey.getEncoded()) + block(PUBLIC, publicKey.toDer());
    }

    /** What others recognise it by. */
    public NodePublicKey publicKey() {
        return publicKey;
    }

    /** The signature of the message, 64 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw unsupported(e);
        }
    }

    @Override
    public String toString() {
        return "NodeKey[…]";
    }

    static IllegalStateException unsupported(GeneralSecurityException e) {
        return new IllegalStateException(
                "this platform cannot use " + ALGORITHM + " keys; install a security provider that can", e);
    }

    private static String block(String name, byte[] der) {
        return "-----BEGIN " + name + "-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END " + name
                + "-----\n";
    }

    private static byte[] block(String pem, String name) {
        String begin = "-----BEGIN " + name + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + name + "-----");
        if (from < 0 || to < from + begin.length()) {
            throw new IllegalArgumentException("the text holds no " + name + " in PEM");
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the " + name + " is no base64");
        }
    }
}
