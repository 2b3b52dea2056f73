package dev.hansa.server;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.data.DataSource;
import dev.hansa.server.api.EventView;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.RunView;
import dev.hansa.server.api.TokenView;
import dev.hansa.server.http.PortLimits;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.trust.Token;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.type.TypeReference;

/** A coordinator on a free port, and its operator. */
public final class TestCoordinator implements AutoCloseable {
    /** A run of two nodes with the data set {@code numbers}. */
    public static final String RUN = """
            hansa: 1
            name: numbers
            purpose: a test
            data:
              set: numbers
              features:
                x: number
              label:
                y: number
              holdOut: {every: 5}
            model: linear
            training: {epochs: 2, batchSize: all, rate: 0.1}
            strategy: fedavg
            rounds: 3
            cohort: {nodes: 2, deadline: 1m}
            seed: 7
            """;

    private final MovableClock clock = new MovableClock();
    private final Coordinator coordinator;
    private final Https https;

    public TestCoordinator(Path directory) {
        this(directory, PortLimits.USUAL);
    }

    public TestCoordinator(Path directory, PortLimits limits) {
        this(directory, "127.0.0.1", List.of(), limits);
    }

    /** Listens on the address, and is called by the names. */
    public TestCoordinator(Path directory, String address, List<String> hosts, PortLimits limits) {
        coordinator = Coordinator.start(new CoordinatorConfig(directory, address, 0, hosts, clock, limits));
        https = new Https(coordinator.operatorToken());
    }

    /** Has rows of its own. */
    public TestCoordinator(Path directory, Map<String, DataSource> rows) {
        coordinator = Coordinator.start(new CoordinatorConfig(directory, "127.0.0.1", 0, List.of(), clock,
                PortLimits.USUAL, rows));
        https = new Https(coordinator.operatorToken());
    }

    public Coordinator coordinator() {
        return coordinator;
    }

    public MovableClock clock() {
        return clock;
    }

    public Https https() {
        return https;
    }

    public Token joinToken() {
        return joinToken("{}");
    }

    public Token joinToken(String request) {
        HttpResponse<byte[]> answer = operate("POST", Endpoints.TOKENS, request);
        return Token.parse(Token.Kind.JOIN, Json.mapper().readValue(answer.body(), TokenView.class).token());
    }

    /** Sends a request with the operator's token. */
    public HttpResponse<byte[]> operate(String method, String target, String body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + coordinator.operatorToken().secret().reveal();
        return https.send(method, target, BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)), all);
    }

    public RunView submit(String spec, String... headers) {
        HttpResponse<byte[]> answer = operate("POST", Endpoints.RUNS, spec, headers);
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
        }
        return Json.mapper().readValue(answer.body(), RunView.class);
    }

    public RunView run(String id) {
        return Json.mapper().readValue(operate("GET", Endpoints.at(Endpoints.RUN, id), "").body(), RunView.class);
    }

    public List<EventView> events(String id, long after) {
        return Json.mapper().readValue(
                operate("GET", Endpoints.at(Endpoints.EVENTS, id) + "?wait=30&after=" + after, "").body(),
                new TypeReference<>() {});
    }

    /** Follows the events until one is of the type. */
    public EventView await(String id, Class<?> type) {
        return await(id, type::isInstance);
    }

    /** Follows the events until one is as wanted. */
    public EventView await(String id, Predicate<RunEvent> wanted) {
        long after = 0;
        while (true) {
            for (EventView event : events(id, after)) {
                if (wanted.test(event.event())) {
                    return event;
                }
                after = event.number();
            }
        }
    }

    @Override
    public void close() {
        coordinator.close();
    }
}
