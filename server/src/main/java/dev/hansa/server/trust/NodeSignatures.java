package dev.hansa.server.trust;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.store.NodeRow;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.trust.NodePublicKey;
import dev.hansa.wire.trust.RequestSignature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Recognises nodes by the signatures of their requests. */
public final class NodeSignatures {
    /** How far a node's clock may be from the coordinator's. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private final Function<String, Optional<NodeRow>> nodes;
    private final Clock clock;

    /** @param nodes finds a node by name */
    public NodeSignatures(Function<String, Optional<NodeRow>> nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * The node that signed the request.
     *
     * @throws RejectedException if it is unknown or removed, or did not sign this request, or signed it long ago
     */
    public NodeRow verify(Signed request) {
        NodeRow node = nodes.apply(request.node() == null ? "" : request.node())
                .orElseThrow(() -> new RejectedException(ErrorCode.UNKNOWN_NODE,
                        "no node of this name has joined; join with a token first"));
        verify(request, NodePublicKey.fromDer(Base64.getDecoder().decode(node.publicKey())));
        if (node.removed()) {
            throw removed(node.name());
        }
        return node;
    }

    /**
     * Refuses a request that the holder of the key did not sign just now.
     *
     * @throws RejectedException if so
     */
    public void verify(Signed request, NodePublicKey key) {
        long time = time(request.time());
        boolean good = request.signature() != null
                && request.content().apply(time).verify(request.signature(), key);
        if (!good) {
            throw new RejectedException(ErrorCode.WRONG_SIGNATURE,
                    "the signature is not one of this request by this node's key");
        }
        long now = clock.millis();
        if (Math.abs(now - time) > WINDOW.toMillis()) {
            throw new RejectedException(ErrorCode.CLOCK_SKEW, "the node's clock is " + (time - now) / 1000
                    + " seconds from the coordinator's, expected at most " + WINDOW.toSeconds()
                    + "; set it, or correct by the time given");
        }
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

    /**
     * The headers of a signed request, and what they sign.
     *
     * @param content by the time
     */
    public record Signed(@Nullable String node, @Nullable String time, @Nullable String signature,
            LongFunction<RequestSignature> content) {}
}
