package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.store.NodeRow;
import dev.hansa.server.trust.NodeSignatures;
import dev.hansa.server.trust.NodeSignatures.Stamp;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.NodePublicKey;
import dev.hansa.wire.trust.RequestSignature;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;

/** Lets signed requests of joined nodes through; of others nothing but the headers is read, unless they want to join. */
final class NodeGate {
    private static final String NOTHING = Sha256.of(new byte[0]).hex();
    /** The attribute of a request that is let through. */
    private static final String SIGNED = "hansa.signed";

    private final NodeSignatures signatures;
    private final Nodes nodes;
    private final Bodies bodies;

    NodeGate(NodeSignatures signatures, Nodes nodes, Bodies bodies) {
        this.signatures = signatures;
        this.nodes = nodes;
        this.bodies = bodies;
    }

    /** A call with a body, whose digest is signed. */
    Handler message(Message message) {
        return request -> {
            Sha256 digest = digest(request);
            String node = node(request, digest.hex());
            try (Bodies.Body body = bodies.read(request, node)) {
                require(digest, body.bytes());
                message.handle(request, node, body);
            }
        };
    }

    /** A call that says nothing by its body, which is not read. */
    Handler question(Call question) {
        return request -> question.handle(request, node(request, NOTHING));
    }

    /** A call whose body is read later, by whoever handles it. */
    Handler upload(Call upload) {
        return request -> upload.handle(request, node(request, RequestSignature.UPLOAD));
    }

    private String node(Context request, String digest) {
        Stamp stamp = stamp(request);
        NodeRow node = signatures.node(request.header(HeaderNames.NODE), stamp, content(request, stamp, digest));
        request.attribute(SIGNED, stamp.timeMillis());
        nodes.seen(node.name(), stamp.timeMillis());
        Peer.know(request);
        return node.name();
    }

    /**
     * The body of a request from one who has not joined yet, and holds the key that the body tells.
     *
     * @param limit the most bytes that are read
     */
    byte[] stranger(Context request, int limit, Function<byte[], NodePublicKey> key) throws IOException {
        Sha256 digest = digest(request);
        Stamp stamp = stamp(request);
        try (Bodies.Body body = bodies.readOfStranger(request, limit)) {
            byte[] bytes = body.bytes();
            require(digest, bytes);
            NodeSignatures.verify(stamp, content(request, stamp, digest.hex()), key.apply(bytes));
            return bytes;
        }
    }

    /** When a node's request was signed, by the node's clock, in milliseconds since 1970. */
    static long signed(Context request) {
        return Objects.requireNonNull(request.<Long>attribute(SIGNED), "the request came through no gate");
    }

    private Stamp stamp(Context request) {
        return signatures.stamp(request.header(HeaderNames.TIME), request.header(HeaderNames.SIGNATURE));
    }

    private static Sha256 digest(Context request) {
        String header = request.header(HeaderNames.DIGEST);
        try {
            return Sha256.parse(header == null ? "" : header);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, HeaderNames.DIGEST + ": " + e.getMessage());
        }
    }

    private static void require(Sha256 digest, byte[] body) {
        if (!Sha256.of(body).equals(digest)) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "the body is not that of " + HeaderNames.DIGEST);
        }
    }

    private static RequestSignature content(Context request, Stamp stamp, String digest) {
        return new RequestSignature(request.method().name(), target(request), stamp.timeMillis(), digest);
    }

    /** Path and query as they were sent. */
    private static String target(Context request) {
        String query = request.queryString();
        return request.req().getRequestURI() + (query == null ? "" : "?" + query);
    }

    /** Handles a node's message; may close the body as soon as it is done with it. */
    interface Message {
        void handle(Context request, String node, Bodies.Body body) throws Exception;
    }

    /** Handles a node's request. */
    interface Call {
        void handle(Context request, String node) throws Exception;
    }
}
