package dev.hansa.server.http;

import dev.hansa.server.store.AuditLog;
import dev.hansa.server.trust.Right;
import dev.hansa.wire.Endpoints;
import io.javalin.config.RoutesConfig;

/** How people read who did what. */
final class AuditEndpoints {
    private final PersonGate gate;
    private final AuditLog audit;

    AuditEndpoints(PersonGate gate, AuditLog audit) {
        this.gate = gate;
        this.audit = audit;
    }

    void addTo(RoutesConfig routes) {
        routes.get(Endpoints.AUDIT, gate.call(Right.AUDIT, request -> Answers.json(request, 200,
                audit.after(Arguments.number(request, Endpoints.AFTER, 0)))));
    }
}
