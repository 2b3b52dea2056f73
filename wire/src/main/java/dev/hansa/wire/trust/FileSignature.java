package dev.hansa.wire.trust;

import dev.hansa.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * That an author stands for exactly the bytes of a file, as a file of that kind.
 *
 * <p>Signed (Ed25519) are the ASCII characters {@code hansa-file-v1}, the kind, and the SHA-256 of the file in lower-case
 * hexadecimal digits, with a line break between them. As text it is the author's, a colon, and the 64 bytes of the signature
 * in base64url without padding.
 *
 * @param signature in base64url; whether it is one shows in {@link #holdsFor}
 */
public record FileSignature(Author author, String signature) {
    private static final int CHARS = 86;

    /** What a file is: a signature of one kind says nothing of another. */
    public enum Kind {
        RUN("run"), STATISTICS("statistics");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** Signs the file. */
    public static FileSignature of(Kind kind, String file, NodeKey key) {
        return new FileSignature(new Author(key.publicKey()),
                Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(message(kind, file))));
    }

    /**
     * The signature that {@link #text} wrote.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static FileSignature parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.length() - colon - 1 != CHARS) {
            throw new IllegalArgumentException(
                    "the signature of a file is the author's public key, a colon and " + CHARS
                            + " characters");
        }
        return new FileSignature(Author.parse(text.substring(0, colon)), text.substring(colon + 1));
    }

    /** As it travels. */
    public String text() {
        return author.text() + ":" + signature;
    }

    /** Whether the author has signed exactly this text, in UTF-8. */
    public boolean holdsFor(Kind kind, String file) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return author.key().verify(message(kind, file), bytes);
    }

    private static byte[] message(Kind kind, String file) {
        return String.join("\n", "hansa-file-v1", kind.word,
                Sha256.of(file.getBytes(StandardCharsets.UTF_8)).hex()).getBytes(StandardCharsets.US_ASCII);
    }
}
