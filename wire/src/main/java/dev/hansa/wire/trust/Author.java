package dev.hansa.wire.trust;

import java.util.Base64;

/** Somebody who signs run files, known by a public key. As text it is {@code ed25519:} and 43 characters of base64url. */
public record Author(NodePublicKey key) {
    private static final String PREFIX = "ed25519:";
    private static final int CHARS = 43;

    /**
     * The author that {@link #text} named.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Author parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + CHARS) {
            throw new IllegalArgumentException("the public key of an author is " + PREFIX + " and " + CHARS
                    + " characters, as hansa key show prints it");
        }
        return new Author(NodePublicKey.fromRaw(Base64.getUrlDecoder().decode(text.substring(PREFIX.length()))));
    }

    /** As it stands in policies. */
    public String text() {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(key.raw());
    }

    /** Its beginning, for people. */
    public String shortText() {
        return text().substring(0, PREFIX.length() + 8) + "…";
    }

    @Override
    public String toString() {
        return text();
    }
}
