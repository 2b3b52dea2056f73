package dev.hansa.wire;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-256 digest; it names blobs and recognises certificates and secrets. Compared in constant time. */
public final class Sha256 implements Comparable<Sha256> {
    /** The length of a digest. */
    public static final int LENGTH_BYTES = 32;

    private static final String DIGITS = "0123456789abcdef";

    private final byte[] bytes;

    private Sha256(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a SHA-256 has " + LENGTH_BYTES + " bytes, got " + bytes.length);
        }
        this.bytes = bytes;
    }

    /** The digest that has these 32 bytes. */
    public static Sha256 fromBytes(byte[] digest) {
        return new Sha256(digest.clone());
    }

    /**
     * The digest that has these 64 digits, lower case.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Sha256 parse(String hex) {
        if (hex.length() != 2 * LENGTH_BYTES) {
            throw notHex(hex);
        }
        byte[] bytes = new byte[LENGTH_BYTES];
        for (int i = 0; i < LENGTH_BYTES; i++) {
            int high = DIGITS.indexOf(hex.charAt(2 * i));
            int low = DIGITS.indexOf(hex.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                throw notHex(hex);
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return new Sha256(bytes);
    }

    private static IllegalArgumentException notHex(String hex) {
        String shown = hex.length() > 80 ? hex.substring(0, 80) + "…" : hex;
        return new IllegalArgumentException(
                "\"" + shown + "\" is no SHA-256, expected " + 2 * LENGTH_BYTES + " digits 0-9 and a-f");
    }

    /** The digest of the content. */
    public static Sha256 of(byte[] content) {
        return new Sha256(newDigest().digest(content));
    }

    /** The digest of the file's content, read in chunks. */
    public static Sha256 of(Path file) throws IOException {
        MessageDigest digest = newDigest();
        byte[] chunk = new byte[Limits.CHUNK_BYTES];
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return finish(digest);
    }

    /** A digest to be fed piece by piece and {@link #finish finished}. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }

    /** What the digest has come to; resets it. */
    public static Sha256 finish(MessageDigest digest) {
        return new Sha256(digest.digest());
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** 64 digits, lower case. */
    public String hex() {
        StringBuilder hex = new StringBuilder(2 * LENGTH_BYTES);
        for (byte b : bytes) {
            hex.append(DIGITS.charAt(b >> 4 & 15)).append(DIGITS.charAt(b & 15));
        }
        return hex.toString();
    }

    @Override
    public int compareTo(Sha256 other) {
        return hex().compareTo(other.hex());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The digest is a hash already. */
    @Override
    public int hashCode() {
        return bytes[0] << 24 | (bytes[1] & 255) << 16 | (bytes[2] & 255) << 8 | bytes[3] & 255;
    }

    @Override
    public String toString() {
        return hex();
    }
}
