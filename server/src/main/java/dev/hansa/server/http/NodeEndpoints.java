package dev.hansa.server.http;

import dev.hansa.server.api.Json;
import dev.hansa.server.api.NodeView;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.TokenRequest;
import dev.hansa.server.fleet.Bandwidths;
import dev.hansa.server.fleet.Nodes;
import dev.hansa.server.fleet.TaskBoard;
import dev.hansa.server.trust.JoinTokens;
import dev.hansa.server.trust.Right;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** How operators let nodes in, see and remove them. */
final class NodeEndpoints {
    private final PersonGate gate;
    private final Nodes nodes;
    private final TaskBoard board;
    private final JoinTokens tokens;
    private final Bodies bodies;
    private final Bandwidths bandwidths;

    NodeEndpoints(PersonGate gate, Nodes nodes, TaskBoard board, JoinTokens tokens, Bodies bodies,
            Bandwidths bandwidths) {
        this.gate = gate;
        this.nodes = nodes;
        this.board = board;
        this.tokens = tokens;
        this.bodies = bodies;
        this.bandwidths = bandwidths;
    }

    void addTo(RoutesConfig routes) {
        routes.get(Endpoints.NODES, gate.call(Right.SEE, request -> Answers.json(request, 200, all())));
        routes.delete(Endpoints.NODE, gate.act(Right.ADMIT, "node.remove", NodeEndpoints::name, this::remove));
        routes.post(Endpoints.TOKENS, gate.act(Right.ADMIT, "token.create", this::createToken));
    }

    private List<NodeView> all() {
        return nodes.all().entrySet().stream().map(node -> new NodeView(node.getKey().name(), node.getKey().version(),
                node.getKey().dataSets(), node.getKey().joined(), node.getKey().lastSeen(), node.getValue(),
                bandwidths.down(node.getKey().name()), bandwidths.up(node.getKey().name()))).toList();
    }

    private void remove(Context request) {
        String name = name(request);
        if (nodes.find(name).isEmpty()) {
            throw new RejectedException(ErrorCode.NOT_FOUND, "no node is called " + name);
        }
        nodes.remove(name);
        board.abandon(name);
        request.status(204);
    }

    private static String name(Context request) {
        return request.pathParam("name");
    }

    private void createToken(Context request) throws IOException {
        try (Bodies.Body body = bodies.read(request)) {
            TokenRequest wish = body.bytes().length == 0 ? new TokenRequest(Optional.empty(), Optional.empty())
                    : Json.mapper().readValue(body.bytes(), TokenRequest.class);
            Answers.json(request, 201, tokens.create(wish));
        } catch (JacksonException e) {
            throw new RejectedException(ErrorCode.BAD_REQUEST,
                    "expected {\"name\": …, \"validForSeconds\": …}: " + e.getOriginalMessage());
        }
    }
}
