package dev.hansa.server.trust;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.store.NodeRow;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.NodePublicKey;
import dev.hansa.wire.trust.RequestSignature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises nodes by the signatures of their requests. */
public final class NodeSignatures {
    /** How far a node's clock may be from the coordinator's. */
    public static final Duration WINDOW = Duration.ofMinutes(5);
    /** 64 bytes as base64url, with or without padding. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{86}(==)?");

    private final Function<String, Optional<NodeRow>> nodes;
    private final Clock clock;
    /** Is verified against for a name that no node has. */
    private final NodePublicKey nobody = NodeKey.generate().publicKey();

    /** @param nodes finds a node by name */
    public NodeSignatures(Function<String, Optional<NodeRow>> nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * What the headers say about the signature, before anything is read that costs more.
     *
     * @throws RejectedException if one is absent or not of the expected form, or the request was signed long ago
     */
    public Stamp stamp(@Nullable String time, @Nullable String signature) {
        long signed = time(time);
        if (signature == null || !FORM.matcher(signature).matches()) {
            throw wrong();
        }
        long now = clock.millis();
        if (signed < now - WINDOW.toMillis() || signed > now + WINDOW.toMillis()) {
            throw new RejectedException(ErrorCode.CLOCK_SKEW, "the node's clock is " + (signed / 1000 - now / 1000)
                    + " seconds from the coordinator's, expected at most " + WINDOW.toSeconds()
                    + "; set it, or correct by the time given");
        }
        return new Stamp(signed, signature);
    }

    /**
     * The node that signed the request. Without the key of a node nobody learns whether there is one of that name, or was:
     * neither by the answer, nor by how much work it is.
     *
     * @throws RejectedException {@code unknown-node} if no node of that name has joined with the key that signed;
     *                           {@code removed-node} if it was removed since
     */
    public NodeRow node(@Nullable String name, Stamp stamp, RequestSignature content) {
        Optional<NodeRow> node = nodes.apply(name == null ? "" : name);
        NodePublicKey key = node.map(row -> NodePublicKey.fromDer(Base64.getDecoder().decode(row.publicKey())))
                .orElse(nobody);
        boolean signed = content.verify(stamp.signature, key);
        NodeRow known = node.filter(row -> signed).orElseThrow(() -> new RejectedException(ErrorCode.UNKNOWN_NODE,
                "no node of this name has joined with the key that signed the request; join with a token first"));
        if (known.removed()) {
            throw removed(known.name());
        }
        return known;
    }

    /**
     * Refuses a request that the holder of the key did not sign.
     *
     * @throws RejectedException if so
     */
    public static void verify(Stamp stamp, RequestSignature content, NodePublicKey key) {
        if (!content.verify(stamp.signature, key)) {
            throw wrong();
        }
    }

    private static RejectedException wrong() {
        return new RejectedException(ErrorCode.WRONG_SIGNATURE,
                "the signature is not one of this request by the key");
    }

    /** A removed node is told so. */
    public static RejectedException removed(String name) {
        return new RejectedException(ErrorCode.REMOVED_NODE,
                "the operator has removed " + name + " from this coordinator");
    }

    private static long time(@Nullable String header) {
        try {
            return Long.parseLong(header == null ? "" : header);
        } catch (NumberFormatException e) {
            throw new RejectedException(ErrorCode.BAD_REQUEST,
                    "Hansa-Time is \"" + header + "\", expected milliseconds since 1970");
        }
    }

    /** A signature as the headers tell it, of now and well-formed; whose it is remains to be verified. */
    public record Stamp(long timeMillis, String signature) {}
}
