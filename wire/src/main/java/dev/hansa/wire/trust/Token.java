package dev.hansa.wire.trust;

import dev.hansa.wire.Sha256;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * A right to talk to one coordinator, as text to be passed on: where it is, how to recognise it, and a secret.
 *
 * @param address     of the coordinator, {@code https://host:port}
 * @param fingerprint the SHA-256 of the certificate (DER) of the coordinator's authority
 */
public record Token(Kind kind, URI address, Sha256 fingerprint, Secret secret) {
    private static final int CHECK_BYTES = 4;
    private static final int FIXED_BYTES = 2 + Sha256.LENGTH_BYTES + Secret.LENGTH_BYTES + CHECK_BYTES;
    private static final int MOST_ADDRESS_BYTES = 300;

    public Token {
        String path = address.getRawPath();
        if (!"https".equals(address.getScheme()) || address.getHost() == null || address.getUserInfo() != null
                || (path != null && !path.isEmpty()) || address.getQuery() != null || address.getFragment() != null) {
            throw new IllegalArgumentException(
                    "the address of a token is " + address + ", expected the form https://host:port");
        }
        int length = address.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MOST_ADDRESS_BYTES) {
            throw new IllegalArgumentException("the address of a token has " + length + " bytes, expected at most "
                    + MOST_ADDRESS_BYTES);
        }
    }

    /** What it allows. */
    public enum Kind {
        /** To join as a node, once. */
        JOIN("hansa-join-"),
        /** To operate the coordinator, as the owner of its data directory. */
        OPERATOR("hansa-operator-"),
        /** To do at the coordinator what a person's role allows. */
        ACCESS("hansa-access-");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** The text that {@link #parse} takes. It contains the secret. */
    public String reveal() {
        byte[] where = address.toString().getBytes(StandardCharsets.UTF_8);
        byte[] content = ByteBuffer.allocate(FIXED_BYTES - CHECK_BYTES + where.length).putShort((short) where.length)
                .put(where).put(fingerprint.toBytes()).put(secret.toBytes()).array();
        byte[] whole = ByteBuffer.allocate(content.length + CHECK_BYTES).put(content).put(check(kind, content)).array();
        return kind.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * The token in the text; blanks around it do not matter.
     *
     * @throws IllegalArgumentException telling in what way the text is no whole token of the kind; never repeats it
     */
    public static Token parse(Kind kind, String text) {
        String trimmed = text.trim();
        if (!trimmed.startsWith(kind.prefix)) {
            throw new IllegalArgumentException(foundInstead(trimmed) + ", expected one that begins with "
                    + kind.prefix);
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(trimmed.substring(kind.prefix.length()));
        } catch (IllegalArgumentException e) {
            throw damaged("it contains a character, or ends in a way, that no token does");
        }
        int addressLength = whole.length < 2 ? 0 : (whole[0] & 255) << 8 | whole[1] & 255;
        if (whole.length < FIXED_BYTES + addressLength) {
            throw damaged("its end is missing");
        }
        byte[] content = Arrays.copyOf(whole, whole.length - CHECK_BYTES);
        byte[] check = Arrays.copyOfRange(whole, content.length, whole.length);
        if (whole.length > FIXED_BYTES + addressLength || !Arrays.equals(check, check(kind, content))) {
            throw damaged("a character is wrong, or something was added to it");
        }
        int fingerprintAt = 2 + addressLength;
        int secretAt = fingerprintAt + Sha256.LENGTH_BYTES;
        return new Token(kind, address(new String(content, 2, addressLength, StandardCharsets.UTF_8)),
                Sha256.fromBytes(Arrays.copyOfRange(content, fingerprintAt, secretAt)),
                Secret.fromBytes(Arrays.copyOfRange(content, secretAt, content.length)));
    }

    /**
     * The token of a person in the text: the operator's, or an access token.
     *
     * @throws IllegalArgumentException as {@link #parse} does
     */
    public static Token parseOfPerson(String text) {
        return parse(text.trim().startsWith(Kind.ACCESS.prefix) ? Kind.ACCESS : Kind.OPERATOR, text);
    }

    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the token carries the address \"" + text + "\", which is none", e);
        }
    }

    private static String foundInstead(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                return "this is a token that begins with " + kind.prefix;
            }
        }
        return "this is no token";
    }

    private static IllegalArgumentException damaged(String how) {
        return new IllegalArgumentException(
                "the token was not copied whole: " + how + "; copy it again, in one piece, or ask for a new one");
    }

    /** Finds mistakes of copying; the kind belongs to it, so that no kind passes for another. */
    private static byte[] check(Kind kind, byte[] content) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(kind.prefix.getBytes(StandardCharsets.US_ASCII));
        return Arrays.copyOf(digest.digest(content), CHECK_BYTES);
    }
}
