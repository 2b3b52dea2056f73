package dev.hansa.wire.trust;

import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The Ed25519 key pair (RFC 8032) of a node, or of somebody who signs files.
 *
 * <p>Only this type and {@link NodePublicKey} know where the algorithm comes from: Bouncy Castle, which has it on every
 * platform (Android's own does before version 13) and signs in a tenth of the time that the JDK takes. Safe for use by
 * several threads; never printed.
 */
public final class NodeKey {
    static final String ALGORITHM = "Ed25519";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    /** What stands before the 32 secret bytes in PKCS#8 (RFC 8410). */
    private static final Prefixed PKCS8 =
            new Prefixed(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

    private final byte[] secret;
    private final NodePublicKey publicKey;

    private NodeKey(byte[] secret) {
        this.secret = secret;
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret, 0, key, 0);
        this.publicKey = NodePublicKey.of(key);
    }

    /** A new pair. */
    public static NodeKey generate() {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        Ed25519.generatePrivateKey(RANDOM, secret);
        return new NodeKey(secret);
    }

    /**
     * The pair that {@link #toPem} gave.
     *
     * @throws IllegalArgumentException if the text is anything else; the message does not repeat it
     */
    public static NodeKey fromPem(String pem) {
        NodeKey key = new NodeKey(PKCS8.content(block(pem, PRIVATE)).orElseThrow(
                () -> new IllegalArgumentException("the private key is no " + ALGORITHM + " key")));
        if (!key.publicKey.equals(NodePublicKey.fromDer(block(pem, PUBLIC)))) {
            throw new IllegalArgumentException("the private and the public key do not belong together");
        }
        return key;
    }

    /** The private key (PKCS#8) and the public key (SubjectPublicKeyInfo), one after the other, in PEM. A secret. */
    public String toPem() {
        return block(PRIVATE, PKCS8.before(secret)) + block(PUBLIC, publicKey.toDer());
    }

    /** What others recognise it by. */
    public NodePublicKey publicKey() {
        return publicKey;
    }

    /** The signature of the message, 64 bytes. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, publicKey.raw(), 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "NodeKey[…]";
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
