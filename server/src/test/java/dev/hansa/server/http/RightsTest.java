package dev.hansa.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.server.api.AccessRequest;
import dev.hansa.server.api.ErrorView;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.Role;
import dev.hansa.server.api.TokenView;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.trust.Secret;
import dev.hansa.wire.trust.Token;
import java.lang.reflect.Field;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may call what: each call, of each kind of caller. */
@Timeout(60)
class RightsTest {
    /** What nodes call, whom no person is. */
    private static final List<String> OF_NODES = List.of("POST " + Endpoints.JOIN, "POST " + Endpoints.HELLO,
            "GET " + Endpoints.NEXT_TASK, "GET " + Endpoints.BLOB, "GET " + Endpoints.UPDATE, "PUT " + Endpoints.UPDATE,
            "POST " + Endpoints.REPORT, "POST " + Endpoints.LEAVE);
    /** By call of people, the least role that may make it. */
    private static final Map<String, Role> OF_PEOPLE = Map.ofEntries(
            Map.entry("GET " + Endpoints.RUNS, Role.VIEWER), Map.entry("GET " + Endpoints.RUN, Role.VIEWER),
            Map.entry("GET " + Endpoints.EVENTS, Role.VIEWER), Map.entry("GET " + Endpoints.SPEC, Role.VIEWER),
            Map.entry("GET " + Endpoints.SURVEY, Role.VIEWER), Map.entry("GET " + Endpoints.NODES, Role.VIEWER),
            Map.entry("POST " + Endpoints.RUNS, Role.SCIENTIST), Map.entry("POST " + Endpoints.STOP, Role.SCIENTIST),
            Map.entry("GET " + Endpoints.MODEL, Role.SCIENTIST),
            Map.entry("POST " + Endpoints.SURVEYS, Role.SCIENTIST),
            Map.entry("DELETE " + Endpoints.NODE, Role.OPERATOR), Map.entry("POST " + Endpoints.TOKENS, Role.OPERATOR),
            Map.entry("GET " + Endpoints.AUDIT, Role.OPERATOR),
            Map.entry("GET " + Endpoints.ACCESS, Role.ADMIN), Map.entry("POST " + Endpoints.ACCESS, Role.ADMIN),
            Map.entry("DELETE " + Endpoints.ACCESS_OF, Role.ADMIN));

    @TempDir
    static Path folder;
    private static TestCoordinator coordinator;
    private static TestNode node;

    @BeforeAll
    static void start() {
        coordinator = new TestCoordinator(folder);
        node = TestNode.join(coordinator, "ada", "numbers");
    }

    @AfterAll
    static void stop() {
        coordinator.close();
    }

    private static String give(String name, Role role, Duration valid) {
        HttpResponse<byte[]> answer = coordinator.operate("POST", Endpoints.ACCESS,
                Json.mapper().writeValueAsString(new AccessRequest(name, role, Optional.of(valid.toSeconds()))));
        assertThat(answer.statusCode()).isEqualTo(201);
        return bearer(Token.parseOfPerson(Json.mapper().readValue(answer.body(), TokenView.class).token()).secret());
    }

    private static String bearer(Secret secret) {
        return "Bearer " + secret.reveal();
    }

    private static HttpResponse<byte[]> answer(String call, String... headers) {
        String[] parts = call.split(" ");
        String path =
                parts[1].replace("{id}", "nosuch").replace("{name}", "nosuch").replace("{sha256}", "0".repeat(64));
        return coordinator.https().send(parts[0], path, BodyPublishers.ofByteArray(new byte[0]), headers);
    }

    private static String call(String call, String... headers) {
        return turnedAway(answer(call, headers));
    }

    /** The status and the word of an error that turns somebody away. */
    private static String turnedAway(HttpResponse<byte[]> answer) {
        return answer.statusCode() != 401 && answer.statusCode() != 403
                ? "let in"
                : answer.statusCode() + " " + Json.mapper().readValue(answer.body(), ErrorView.class).code();
    }

    @Test
    void eachPathIsOfThisTable() throws IllegalAccessException {
        List<String> paths = new ArrayList<>();
        for (Field field : Endpoints.class.getDeclaredFields()) {
            if (field.getType() == String.class && String.valueOf(field.get(null)).startsWith("/v1/")) {
                paths.add((String) field.get(null));
            }
        }
        List<String> known = new ArrayList<>();
        OF_NODES.forEach(call -> known.add(call.split(" ")[1]));
        OF_PEOPLE.keySet().forEach(call -> known.add(call.split(" ")[1]));

        assertThat(known).containsAll(paths);
    }

    @Test
    void eachRoleMayDoWhatTheTableSaysAndNothingElse() {
        Map<Role, String> people = new LinkedHashMap<>();
        Arrays.stream(Role.values())
                .forEach(role -> people.put(role, give("a-" + role, role, Duration.ofDays(1))));

        OF_PEOPLE.forEach((call, least) -> people.forEach((role, bearer) -> assertThat(
                call(call, "Authorization", bearer)).as("%s by a %s", call, role)
                .isEqualTo(role.compareTo(least) >= 0 ? "let in" : "403 not-allowed")));
    }

    @Test
    void whoHasNoTokenOrAWrongOneSeesNothing() {
        for (String call : OF_PEOPLE.keySet()) {
            assertThat(call(call)).as(call).isEqualTo("401 wrong-token");
            assertThat(call(call, "Authorization", bearer(Secret.random()))).as(call).isEqualTo("401 wrong-token");
            assertThat(call(call, "Authorization", "Basic YTpi")).as(call).isEqualTo("401 wrong-token");
        }
        assertThat(call("GET " + Endpoints.LIVE)).isEqualTo("let in");
        assertThat(call("GET " + Endpoints.READY)).isEqualTo("let in");
    }

    @Test
    void tokensExpireAndAreRevoked() {
        String revoked = give("gone", Role.ADMIN, Duration.ofDays(300));
        String forAnHour = give("short", Role.ADMIN, Duration.ofHours(1));
        assertThat(call("GET " + Endpoints.RUNS, "Authorization", revoked)).isEqualTo("let in");
        assertThat(coordinator.operate("DELETE", Endpoints.at(Endpoints.ACCESS_OF, "gone"), "").statusCode())
                .isEqualTo(204);
        coordinator.clock().forward(Duration.ofHours(1));

        for (String call : OF_PEOPLE.keySet()) {
            assertThat(call(call, "Authorization", revoked)).as(call).isEqualTo("401 expired-token");
            assertThat(call(call, "Authorization", forAnHour)).as(call).isEqualTo("401 expired-token");
        }
    }

    @Test
    void noPersonPassesForANodeAndNoNodeForAPerson() {
        String admin = give("boss", Role.ADMIN, Duration.ofDays(1));
        for (String call : OF_NODES) {
            assertThat(answer(call, "Authorization", admin).statusCode()).as(call).isIn(400, 401);
        }
        assertThat(turnedAway(node.get(Endpoints.RUNS))).isEqualTo("401 wrong-token");
    }

    @Test
    void namesAreGivenOnce() {
        give("once", Role.VIEWER, Duration.ofDays(1));
        for (String name : List.of("once", "operator")) {
            assertThat(
                    coordinator.operate("POST", Endpoints.ACCESS, "{\"name\": \"" + name + "\", \"role\": \"admin\"}")
                            .statusCode())
                    .as(name).isEqualTo(409);
        }
        for (String wish : List.of("{}", "{\"name\": \"a b\", \"role\": \"admin\"}", "{\"name\": \"x\"}",
                "{\"name\": \"x\", \"role\": \"king\"}", "[", "{\"name\": \"x\", \"role\": \"viewer\", "
                        + "\"validForSeconds\": 99999999999}")) {
            assertThat(coordinator.operate("POST", Endpoints.ACCESS, wish).statusCode()).as(wish).isEqualTo(400);
        }
        assertThat(coordinator.operate("DELETE", Endpoints.at(Endpoints.ACCESS_OF, "nobody"), "").statusCode())
                .isEqualTo(404);
    }
}
