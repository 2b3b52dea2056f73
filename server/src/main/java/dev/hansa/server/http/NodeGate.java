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

    /** A call with a body, or none; nothing of it is read without a signature of now. */
    Handler call(Call call) {
        return request -> {
            Stamp stamp = stamp(request);
            byte[] body = bodies.read(request);
            NodeRow node = signatures.node(request.header(HeaderNames.NODE), stamp, content(request, body));
            nodes.seen(node.name());
            call.handle(request, node.name(), body);
        };
    }

    /** A call whose body is read later, by whoever handles it. */
    Handler upload(Upload upload) {
        return request -> {
            Stamp stamp = stamp(request);
            NodeRow node = signatures.node(request.header(HeaderNames.NODE), stamp,
                    time -> RequestSignature.ofUpload(request.method().name(), target(request), time));
            nodes.seen(node.name());
            upload.handle(request, node.name());
        };
    }

    /**
     * The body of a request from one who has not joined yet, and holds the key that the body tells.
     *
     * @param limit the most bytes that are read
     */
    byte[] stranger(Context request, int limit, Function<byte[], NodePublicKey> key) throws IOException {
        Stamp stamp = stamp(request);
        byte[] body = bodies.read(request, limit);
        NodeSignatures.verify(stamp, content(request, body), key.apply(body));
        return body;
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

    /** Handles a node's request. */
    interface Call {
        void handle(Context request, String node, byte[] body) throws Exception;
    }

    /** Handles a node's request, whose body is not read yet. */
    interface Upload {
        void handle(Context request, String node) throws Exception;
    }
}
