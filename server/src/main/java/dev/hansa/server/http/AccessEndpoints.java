package dev.hansa.server.http;

import dev.hansa.server.api.AccessRequest;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.RejectedException;
import dev.hansa.server.api.TokenView;
import dev.hansa.server.trust.AccessTokens;
import dev.hansa.server.trust.Right;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import tools.jackson.core.JacksonException;

/** How admins give and revoke rights. */
final class AccessEndpoints {
    private final PersonGate gate;
    private final AccessTokens tokens;
    private final Bodies bodies;

    AccessEndpoints(PersonGate gate, AccessTokens tokens, Bodies bodies) {
        this.gate = gate;
        this.tokens = tokens;
        this.bodies = bodies;
    }

    void addTo(RoutesConfig routes) {
        routes.get(Endpoints.ACCESS,
                gate.call(Right.GRANT, request -> Answers.json(request, 200, tokens.all())));
        routes.post(Endpoints.ACCESS, gate.act(Right.GRANT, "access.create", this::create));
        routes.delete(Endpoints.ACCESS_OF,
                gate.act(Right.GRANT, "access.revoke", request -> request.pathParam("name"), this::revoke));
    }

    private void create(Context request) throws IOException {
        AccessRequest wish = wish(request);
        TokenView token = tokens.create(wish);
        gate.note(request, "access.created", wish.name(),
                wish.role() + " until " + token.expires());
        Answers.json(request, 201, token);
    }

    private AccessRequest wish(Context request) throws IOException {
        try (Bodies.Body body = bodies.read(request)) {
            AccessRequest wish = Json.mapper().readValue(body.bytes(), AccessRequest.class);
            if (wish.name() != null && wish.role() != null) {
                return wish;
            }
            throw new RejectedException(ErrorCode.BAD_REQUEST, "expected name and role");
        } catch (JacksonException e) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "expected {\"name\": …, \"role\": \"viewer\", "
                    + "\"scientist\", \"operator\" or \"admin\", \"validForSeconds\": …}: "
                    + e.getOriginalMessage());
        }
    }

    private void revoke(Context request) {
        tokens.revoke(request.pathParam("name"));
        request.status(204);
    }
}
