package dev.hansa.server.http;

import static dev.hansa.server.TestNode.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.server.api.ErrorView;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.NodeView;
import dev.hansa.server.api.RunSummary;
import dev.hansa.server.api.RunView;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.trust.FileSignature;
import dev.hansa.wire.trust.FileSignature.Kind;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.Secret;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;

/** What is granted and what is not, over real connections. */
@Timeout(60)
class CallsTest {
    @TempDir
    static Path folder;
    private static TestCoordinator coordinator;

    @BeforeAll
    static void start() {
        coordinator = new TestCoordinator(folder);
    }

    @AfterAll
    static void stop() {
        coordinator.close();
    }

    private static TestNode stranger(String name) {
        return new TestNode(coordinator.https(), NodeKey.generate(), name, coordinator.clock());
    }

    @Test
    void aTokenLetsOneNodeInAsOftenAsItAsks() {
        Token token = coordinator.joinToken();
        TestNode node = stranger("ada");
        assertThat(node.join(token, "ada", "numbers").statusCode()).isEqualTo(200);
        assertThat(node.join(token, "ada", "numbers").statusCode()).isEqualTo(200);
        assertThat(error(stranger("eve").join(token, "eve"))).isEqualTo("401 used-token");
    }

    @Test
    void aTokenThatNobodyMadeLetsNobodyIn() {
        Token good = coordinator.joinToken();
        Token wrong = new Token(Token.Kind.JOIN, good.address(), good.fingerprint(), Secret.random());
        assertThat(error(stranger("eve").join(wrong, "eve"))).isEqualTo("401 wrong-token");
    }

    @Test
    void aTokenExpires() {
        Token token = coordinator.joinToken("{\"validForSeconds\": 60}");
        coordinator.clock().forward(Duration.ofSeconds(61));
        assertThat(error(stranger("late").join(token, "late"))).isEqualTo("401 expired-token");
    }

    @Test
    void aTokenMayNameTheNode() {
        Token token = coordinator.joinToken("{\"name\": \"fixed\"}");
        assertThat(stranger("other").join(token, "other").statusCode()).isEqualTo(200);
        assertThat(nodes()).extracting(NodeView::name).contains("fixed").doesNotContain("other");
        assertThat(error(stranger("fixed").join(coordinator.joinToken(), "fixed"))).isEqualTo("409 name-taken");
    }

    @Test
    void noTokenIsMadeForANameThatIsTaken() {
        TestNode.join(coordinator, "taken", "numbers");
        for (String removed : List.of("no", "yes")) {
            HttpResponse<byte[]> answer = coordinator.operate("POST", Endpoints.TOKENS, "{\"name\": \"taken\"}");
            ErrorView error = Json.mapper().readValue(answer.body(), ErrorView.class);
            assertThat(error.code()).as("removed: %s", removed).isEqualTo("name-taken");
            assertThat(error.message()).contains("taken", "choose another name");
            coordinator.operate("DELETE", Endpoints.at(Endpoints.NODE, "taken"), "");
        }
    }

    @Test
    void aNodeNeedsAGoodName() {
        assertThat(error(stranger("x").join(coordinator.joinToken(), "../etc"))).isEqualTo("400 bad-request");
        assertThat(error(stranger("x").join(coordinator.joinToken(), ""))).isEqualTo("400 bad-request");
    }

    @Test
    void anUnknownNodeHasToJoin() {
        assertThat(error(stranger("nobody").hello("numbers"))).isEqualTo("401 unknown-node");
    }

    @Test
    void whoHasNoKeyDoesNotLearnWhoHasJoined() {
        TestNode.join(coordinator, "grace", "numbers");
        TestNode.join(coordinator, "left", "numbers");
        coordinator.operate("DELETE", Endpoints.at(Endpoints.NODE, "left"), "");
        for (String name : List.of("grace", "left", "nobody")) {
            HttpResponse<byte[]> answer = stranger(name).hello("numbers");
            assertThat(error(answer)).isEqualTo("401 unknown-node");
            assertThat(TestNode.body(answer).getMessage())
                    .isEqualTo(TestNode.body(stranger("nobody").hello("numbers")).getMessage());
            assertThat(error(stranger(name).put("/v1/tasks/x/update/" + "0".repeat(64) + "?offset=0&size=1",
                    new byte[1]))).isEqualTo("401 unknown-node");
        }
    }

    @Test
    void aClockThatIsFarOffIsToldTheTime() {
        TestNode node = TestNode.join(coordinator, "slow", "numbers");
        long now = coordinator.clock().millis();
        assertThat(node.send("POST", Endpoints.LEAVE, new byte[0], now - 290_000).statusCode()).isEqualTo(204);
        HttpResponse<byte[]> answer = node.send("POST", Endpoints.LEAVE, new byte[0], now - 310_000);
        assertThat(error(answer)).isEqualTo("401 clock-skew");
        assertThat(TestNode.body(answer).getTimeMillis()).isBetween(now, now + 60_000);
    }

    @Test
    void aRemovedNodeIsTurnedAway() {
        TestNode node = TestNode.join(coordinator, "gone", "numbers");
        assertThat(coordinator.operate("DELETE", Endpoints.at(Endpoints.NODE, "gone"), "").statusCode())
                .isEqualTo(204);
        assertThat(error(node.hello("numbers"))).isEqualTo("403 removed-node");
        assertThat(nodes()).extracting(NodeView::name).doesNotContain("gone");
        assertThat(error(stranger("gone").join(coordinator.joinToken(), "gone"))).isEqualTo("409 name-taken");
    }

    @Test
    void aNodeIsThereUntilItLeaves() {
        TestNode node = TestNode.join(coordinator, "here", "numbers");
        assertThat(nodes()).filteredOn(view -> view.name().equals("here")).allMatch(NodeView::present);
        node.leave();
        assertThat(nodes()).filteredOn(view -> view.name().equals("here")).noneMatch(NodeView::present);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        TestNode node = TestNode.join(coordinator, "large", "numbers");
        assertThat(error(node.post(Endpoints.HELLO, new byte[(1 << 20) + 1]))).isEqualTo("413 too-large");
        assertThat(coordinator.operate("POST", Endpoints.RUNS, "#".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void onlyANodeLearnsThatItsBodyIsTooLarge() {
        TestNode.join(coordinator, "small", "numbers");
        for (String name : List.of("small", "nobody")) {
            assertThat(error(stranger(name).post(Endpoints.HELLO, new byte[(1 << 20) + 1])))
                    .isEqualTo("401 unknown-node");
        }
    }

    @Test
    void aBodyOtherThanTheOneThatIsSignedIsRefused() throws IOException {
        TestNode node = TestNode.join(coordinator, "other-body", "numbers");
        byte[] hello = HelloRequest.newBuilder().setVersion("good").build().toByteArray();
        byte[] other = HelloRequest.newBuilder().setVersion("evil").build().toByteArray();
        assertThat(statusOf(node, hello, hello)).isEqualTo("HTTP/1.1 204");
        assertThat(statusOf(node, hello, other)).isEqualTo("HTTP/1.1 400");
        assertThat(nodes()).extracting(NodeView::version).contains("good").doesNotContain("evil");
    }

    private static String statusOf(TestNode node, byte[] signed, byte[] sent) throws IOException {
        try (Socket post = node.beginPost(Endpoints.HELLO, signed)) {
            post.getOutputStream().write(sent);
            return new String(post.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aBodyWhoseDigestIsNotToldIsRefused() {
        HttpResponse<byte[]> answer = coordinator.https().send("POST", Endpoints.HELLO, BodyPublishers.ofString("x"),
                HeaderNames.TIME, Long.toString(coordinator.clock().millis()), HeaderNames.SIGNATURE, "A".repeat(86));
        assertThat(error(answer)).isEqualTo("400 bad-request");
        assertThat(TestNode.body(answer).getMessage()).contains(HeaderNames.DIGEST, "expected 64 digits");
    }

    @Test
    void bytesThatAreNoMessageAreRefused() {
        TestNode node = TestNode.join(coordinator, "garbled", "numbers");
        assertThat(error(node.post(Endpoints.HELLO, new byte[]{-1, -1, -1}))).isEqualTo("400 bad-request");
    }

    @Test
    void anOperatorNeedsTheToken() {
        HttpResponse<byte[]> answer = coordinator.https().send("GET", Endpoints.RUNS, BodyPublishers.noBody(),
                "Authorization", "Bearer " + Secret.random().reveal());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Json.mapper().readValue(answer.body(), ErrorView.class).code()).isEqualTo("wrong-token");
        assertThat(coordinator.https().send("GET", Endpoints.NODES, BodyPublishers.noBody()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void everybodyMayAskForHealth() {
        HttpResponse<byte[]> answer = coordinator.https().send("GET", Endpoints.LIVE, BodyPublishers.noBody());
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"status\":\"live\"}");
        assertThat(answer.headers().map()).containsKey("x-content-type-options").doesNotContainKey("server");
        assertThat(coordinator.https().send("GET", Endpoints.READY, BodyPublishers.noBody()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void unknownPathsAndMethodsAreToldApart() {
        assertThat(coordinator.operate("GET", "/v1/nothing", "").statusCode()).isEqualTo(404);
        assertThat(coordinator.operate("GET", "/v1/runs/nothing", "").statusCode()).isEqualTo(404);
        HttpResponse<byte[]> wrong = coordinator.operate("PUT", Endpoints.RUNS, "");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(Json.mapper().readValue(wrong.body(), ErrorView.class).code()).isEqualTo("wrong-method");
    }

    @Test
    void aRunFileIsRefusedWithAllItsProblems() {
        HttpResponse<byte[]> answer = coordinator.operate("POST", Endpoints.RUNS,
                TestCoordinator.RUN.replace("rounds: 3", "rounds: none").replace("model:", "modell:"));
        assertThat(answer.statusCode()).isEqualTo(422);
        ErrorView error = Json.mapper().readValue(answer.body(), ErrorView.class);
        assertThat(error.code()).isEqualTo("invalid-spec");
        assertThat(error.problems()).hasSizeGreaterThanOrEqualTo(2)
                .allMatch(problem -> problem.startsWith("run.yaml:"));
    }

    @Test
    void aKeyIsGoodForOneFile() {
        String first = coordinator.submit(TestCoordinator.RUN, "Idempotency-Key", "one").id();
        HttpResponse<byte[]> answer = coordinator.operate("POST", Endpoints.RUNS,
                TestCoordinator.RUN.replace("seed: 7", "seed: 8"), "Idempotency-Key", "one");
        assertThat(answer.statusCode()).isEqualTo(409);
        ErrorView error = Json.mapper().readValue(answer.body(), ErrorView.class);
        assertThat(error.code()).isEqualTo("used-key");
        assertThat(error.message()).contains(first);
        coordinator.operate("POST", Endpoints.at(Endpoints.STOP, first), "");
    }

    @Test
    void aSignatureIsTakenAlongIfItHolds() {
        FileSignature signature = FileSignature.of(Kind.RUN, TestCoordinator.RUN, NodeKey.generate());
        RunView run = coordinator.submit(TestCoordinator.RUN, HeaderNames.FILE_SIGNATURE, signature.text());
        assertThat(run.signer()).contains(signature.author().text());
        coordinator.operate("POST", Endpoints.at(Endpoints.STOP, run.id()), "");
        for (String wrong : List.of("nonsense",
                FileSignature.of(Kind.STATISTICS, TestCoordinator.RUN, NodeKey.generate()).text())) {
            assertThat(
                    coordinator.operate("POST", Endpoints.RUNS, TestCoordinator.RUN, HeaderNames.FILE_SIGNATURE, wrong)
                            .statusCode())
                    .as(wrong).isEqualTo(400);
        }
    }

    @Test
    void theSameKeySubmitsOnce() {
        String first = coordinator.submit(TestCoordinator.RUN, "Idempotency-Key", "k").id();
        assertThat(coordinator.submit(TestCoordinator.RUN, "Idempotency-Key", "k").id()).isEqualTo(first);
        List<RunSummary> runs = Json.mapper().readValue(coordinator.operate("GET", Endpoints.RUNS, "").body(),
                new TypeReference<>() {});
        assertThat(runs).filteredOn(run -> run.id().equals(first)).hasSize(1);
        assertThat(new String(coordinator.operate("GET", Endpoints.at(Endpoints.SPEC, first), "").body(),
                StandardCharsets.UTF_8)).isEqualTo(TestCoordinator.RUN);
        assertThat(coordinator.operate("GET", Endpoints.at(Endpoints.MODEL, first), "").statusCode()).isEqualTo(404);
        coordinator.operate("POST", Endpoints.at(Endpoints.STOP, first), "");
    }

    private static List<NodeView> nodes() {
        return Json.mapper().readValue(coordinator.operate("GET", Endpoints.NODES, "").body(),
                new TypeReference<>() {});
    }
}
