package dev.hansa.server.http;

import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.store.NodeRow;
import dev.hansa.server.trust.NodeSignatures;
import dev.hansa.server.trust.NodeSignatures.Stamp;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.trust.NodePublicKey;
import dev.hansa.wire.trust.RequestSignature;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Lets signed requests of joined nodes through. */
final class NodeGate {
    private final NodeSignatures signatures;
    private final Nodes nodes;
    private final Bodies bodies;

    NodeGate(NodeSignatures signatures, Nodes nodes, Bodies bodies) {
        this.signatures = signatures;
        this.nodes = nodes;
        this.bodies = bodies;
    }

    /** A call with a body; nothing of it is read without a signature of now. */
    Handler message(Message message) {
        return request -> {
            Stamp stamp = stamp(request);
            try (Bodies.Body body = body(request)) {
                message.handle(request, node(request, stamp, content(request, body.bytes())), body);
            }
        };
    }

    /** A call that says nothing by its body. */
    Handler question(Call question) {
        return request -> {
            Stamp stamp = stamp(request);
            String node;
            try (Bodies.Body body = body(request)) {
                node = node(request, stamp, content(request, body.bytes()));
            }
            question.handle(request, node);
        };
    }

    /** A call whose body is read later, by whoever handles it. */
    Handler upload(Call upload) {
        return request -> upload.handle(request, node(request, stamp(request),
                time -> RequestSignature.ofUpload(request.method().name(), target(request), time)));
    }

    private String node(Context request, Stamp stamp, LongFunction<RequestSignature> content) {
        NodeRow node = signatures.node(request.header(HeaderNames.NODE), stamp, content);
        nodes.seen(node.name());
        Peer.know(request);
        return node.name();
    }

    /**
     * The body of a request from one who has not joined yet, and holds the key that the body tells.
     *
     * @param limit the most bytes that are read
     */
    byte[] stranger(Context request, int limit, Function<byte[], NodePublicKey> key) throws IOException {
        Stamp stamp = stamp(request);
        try (Bodies.Body body = bodies.readOfStranger(request, limit)) {
            byte[] bytes = body.bytes();
            NodeSignatures.verify(stamp, content(request, bytes), key.apply(bytes));
            return bytes;
        }
    }

    private Bodies.Body body(Context request) throws IOException {
        String name = request.header(HeaderNames.NODE);
        return name != null && nodes.find(name).filter(node -> !node.removed()).isPresent()
                ? bodies.read(request, name)
                : bodies.readOfStranger(request, Bodies.LIMIT_BYTES);
    }

    private Stamp stamp(Context request) {
        return signatures.stamp(request.header(HeaderNames.TIME), request.header(HeaderNames.SIGNATURE));
    }

    private static LongFunction<RequestSignature> content(Context request, byte[] body) {
        return time -> RequestSignature.of(request.method().name(), target(request), time, body);
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
