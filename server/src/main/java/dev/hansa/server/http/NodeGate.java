package dev.hansa.server.http;

import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.trust.NodeSignatures;
import dev.hansa.server.trust.NodeSignatures.Signed;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.trust.RequestSignature;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.LongFunction;

/** Lets signed requests of joined nodes through. */
final class NodeGate {
    private final NodeSignatures signatures;
    private final Nodes nodes;

    NodeGate(NodeSignatures signatures, Nodes nodes) {
        this.signatures = signatures;
        this.nodes = nodes;
    }

    /** A call with a body, or none. */
    Handler call(Call call) {
        return request -> {
            byte[] body = Bodies.read(request);
            call.handle(request, sender(signed(request, body)), body);
        };
    }

    /** A call whose body is read later, by whoever handles it. */
    Handler upload(Upload upload) {
        return request -> upload.handle(request, sender(
                signed(request, time -> RequestSignature.ofUpload(request.method().name(), target(request), time))));
    }

    private String sender(Signed request) {
        String node = signatures.verify(request).name();
        nodes.seen(node);
        return node;
    }

    /** A request that signs its body, and the headers that do. */
    static Signed signed(Context request, byte[] body) {
        return signed(request, time -> RequestSignature.of(request.method().name(), target(request), time, body));
    }

    private static Signed signed(Context request, LongFunction<RequestSignature> content) {
        return new Signed(request.header(HeaderNames.NODE), request.header(HeaderNames.TIME),
                request.header(HeaderNames.SIGNATURE), content);
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
