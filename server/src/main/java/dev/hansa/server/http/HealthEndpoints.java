package dev.hansa.server.http;

import dev.hansa.server.store.Readiness;
import dev.hansa.wire.Endpoints;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How whatever keeps the coordinator running asks after it; everybody may. */
final class HealthEndpoints {
    private static final int NOT_NOW = 503;

    private final Readiness readiness;

    HealthEndpoints(Readiness readiness) {
        this.readiness = readiness;
    }

    void addTo(RoutesConfig routes) {
        routes.get(Endpoints.LIVE, request -> Answers.json(request, 200, Map.of("status", "live")));
        routes.get(Endpoints.READY, this::ready);
    }

    private void ready(Context request) {
        Optional<String> problem = readiness.problem();
        if (problem.isPresent()) {
            Answers.json(request, NOT_NOW, new TreeMap<>(Map.of("status", "not ready", "reason", problem.get())));
        } else {
            Answers.json(request, 200, Map.of("status", "ready"));
        }
    }
}
