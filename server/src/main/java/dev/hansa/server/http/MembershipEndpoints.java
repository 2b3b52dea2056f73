package dev.hansa.server.http;

import dev.hansa.server.api.RejectedException;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.store.AuditLog;
import dev.hansa.server.store.LedgerTable;
import dev.hansa.server.store.NodeRow;
import dev.hansa.server.trust.JoinTokens;
import dev.hansa.server.trust.NodeSignatures;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.message.LedgerCodec;
import dev.hansa.wire.message.MembershipCodec;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.HelloResponse;
import dev.hansa.wire.proto.JoinRequest;
import dev.hansa.wire.proto.JoinResponse;
import dev.hansa.wire.trust.NodePublicKey;
import dev.hansa.wire.trust.Secret;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How nodes come and go: {@code join}, {@code hello}, {@code leave}. */
final class MembershipEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(MembershipEndpoints.class);
    /** The body of a stranger. */
    private static final int JOIN_BYTES = 8 << 10;

    private final NodeGate gate;
    private final JoinTokens tokens;
    private final Nodes nodes;
    private final TaskBoard board;
    private final LedgerTable ledgers;
    private final AuditLog audit;
    private final Load load;
    private final Clock clock;

    MembershipEndpoints(NodeGate gate, JoinTokens tokens, Nodes nodes, TaskBoard board,
            LedgerTable ledgers, AuditLog audit, Load load, Clock clock) {
        this.gate = gate;
        this.tokens = tokens;
        this.nodes = nodes;
        this.board = board;
        this.ledgers = ledgers;
        this.audit = audit;
        this.load = load;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        routes.post(Endpoints.JOIN, this::join);
        routes.post(Endpoints.HELLO, gate.message(this::hello));
        routes.post(Endpoints.LEAVE, gate.question(this::leave));
    }

    private void join(Context request) throws IOException {
        byte[] body = gate.stranger(request, JOIN_BYTES, bytes -> publicKey(MembershipCodec.join(bytes)));
        JoinRequest join = MembershipCodec.join(body);
        Instant now = clock.instant();
        NodeRow node = tokens.join(secret(join.getSecret().toByteArray()),
                new NodeRow(join.getName(), Base64.getEncoder().encodeToString(join.getPublicKey().toByteArray()),
                        join.getVersion(),
                        List.copyOf(join.getDataSetsList()), now, now, false));
        if (node.removed()) {
            throw NodeSignatures.removed(node.name());
        }
        nodes.joined(node);
        audit.note(actor(node.name()), "node.join", node.name(), "from " + request.ip());
        LOG.info("node {} has joined, with the data sets {}", node.name(), node.dataSets());
        Answers.message(request, JoinResponse.newBuilder().setNode(node.name()).build());
    }

    private void hello(Context request, String node, Bodies.Body body) throws InterruptedException {
        HelloRequest hello = MembershipCodec.hello(body.bytes());
        audit.note(actor(node), "node.start", node, "version " + hello.getVersion() + ", from " + request.ip());
        try (Load.Place _ = load.enter(Load.Kind.NEW)) {
            nodes.hello(node, hello.getVersion(), hello.getDataSetsList(), NodeGate.signed(request));
            remind(request, node, hello);
        }
    }

    /** Of how far the node's ledger has come: the node itself compares, and stops if it was set back. */
    private void remind(Context request, String node, HelloRequest hello) {
        Optional<LedgerHead> known = ledgers.find(node);
        if (known.isEmpty()) {
            request.status(204);
            return;
        }
        long now = hello.getLedger().getSequence();
        if (now < known.get().sequence()) {
            LOG.warn("node {} starts with a ledger of {} records, and had {} before: an old copy, which it should not"
                    + " go on with", node, now, known.get().sequence());
        }
        Answers.message(request,
                HelloResponse.newBuilder().setLedger(LedgerCodec.encode(known.get())).build());
    }

    private void leave(Context request, String node) {
        audit.note(actor(node), "node.leave", node, "");
        nodes.leave(node, NodeGate.signed(request));
        board.abandon(node);
        request.status(204);
    }

    /** As the audit log calls a node. */
    static String actor(String node) {
        return "node:" + node;
    }

    private static NodePublicKey publicKey(JoinRequest join) {
        try {
            return NodePublicKey.fromDer(join.getPublicKey().toByteArray());
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "public_key: " + e.getMessage());
        }
    }

    private static Secret secret(byte[] bytes) {
        try {
            return Secret.fromBytes(bytes);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.WRONG_TOKEN, String.valueOf(e.getMessage()));
        }
    }
}
