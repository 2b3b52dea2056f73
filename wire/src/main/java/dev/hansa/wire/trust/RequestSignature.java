package dev.hansa.wire.trust;

import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a node signs of a request.
 *
 * @param method     such as {@code GET}
 * @param target     path and query as they stand in the request, such as {@code /v1/tasks/next?wait=30}
 * @param timeMillis since 1970, by the node's clock
 * @param digest     the SHA-256 of the body, or {@link #UPLOAD}
 */
public record RequestSignature(String method, String target, long timeMillis, String digest) {
    /** Stands for the body of an upload. */
    public static final String UPLOAD = "-";
    private static final String MESSAGE = "POST";

    public RequestSignature {
        if (method.indexOf('\n') >= 0 || target.indexOf('\n') >= 0 || digest.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a part of a signed request contains a line break");
        }
    }

    /** Of a request with a body; that of a {@code GET} is empty. */
    public static RequestSignature of(String method, String target, long timeMillis, byte[] body) {
        return new RequestSignature(method, target, timeMillis, Sha256.of(body).hex());
    }

    /** Of an upload, whose target names the digest of the whole. */
    public static RequestSignature ofUpload(String method, String target, long timeMillis) {
        return new RequestSignature(method, target, timeMillis, UPLOAD);
    }

    /** The value of the header {@code Hansa-Signature}. */
    public String sign(NodeKey key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(text()));
    }

    /**
     * The headers of the request, by name, but the node's.
     *
     * @param signature what {@link #sign} made
     */
    public Map<String, String> headers(String signature) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HeaderNames.TIME, Long.toString(timeMillis));
        headers.put(HeaderNames.SIGNATURE, signature);
        if (method.equals(MESSAGE)) {
            headers.put(HeaderNames.DIGEST, digest);
        }
        return headers;
    }

    /** Whether the header's value is a signature of exactly this request by the holder of the key. */
    public boolean verify(String header, NodePublicKey key) {
        byte[] signature;
        try {
            signature = Base64.getUrlDecoder().decode(header);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return key.verify(text(), signature);
    }

    private byte[] text() {
        return String.join("\n", "hansa-v1", method, target, Long.toString(timeMillis), digest)
                .getBytes(StandardCharsets.UTF_8);
    }
}
