package dev.hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.core.client.Client;
import dev.hansa.core.data.Table;
import dev.hansa.core.statistics.Answer.Estimate;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.RunState;
import dev.hansa.server.api.SurveyView;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.proto.Report;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SurveyTest {
    private static final String ASKED = """
            hansa: 1
            name: xs
            data: numbers
            columns: {x: {between: [0, 10], tell: [mean]}}
            """;
    @TempDir
    Path folder;

    private static Client client(int rows) {
        double[] values = new double[rows];
        Arrays.fill(values, 4);
        return new Client(Map.of("numbers",
                spec -> new Table(spec.schema(), new double[0][], values, new boolean[rows])));
    }

    private static SurveyView submit(TestCoordinator coordinator, String text, String... headers) {
        HttpResponse<byte[]> answer = coordinator.operate("POST", Endpoints.SURVEYS, text, headers);
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(201);
        return Json.mapper().readValue(answer.body(), SurveyView.class);
    }

    private static SurveyView view(TestCoordinator coordinator, String id, int wait) {
        return Json.mapper().readValue(
                coordinator.operate("GET", Endpoints.at(Endpoints.SURVEY, id) + "?wait=" + wait, "").body(),
                SurveyView.class);
    }

    @Test
    void aSurveyGoesOnWhereTheCoordinatorWasStoppedAndNobodyIsAskedTwice() {
        SurveyView submitted;
        TestNode alice;
        TestNode bob;
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            alice = TestNode.join(coordinator, "alice", "numbers");
            bob = TestNode.join(coordinator, "bob", "numbers");
            submitted = submit(coordinator, ASKED);
            alice.work(client(10));
            bob.nextTask();
            assertThat(view(coordinator, submitted.id(), 0).state()).isEqualTo(RunState.RUNNING);
        }
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            alice.at(coordinator).hello("numbers");
            TestNode again = bob.at(coordinator);
            again.hello("numbers");
            again.work(client(20));
            SurveyView over = view(coordinator, submitted.id(), 30);

            assertThat(over.state()).isEqualTo(RunState.FINISHED);
            assertThat(over.ended()).isPresent();
            assertThat(over.outcome().orElseThrow().answer().orElseThrow().rows()).isEqualTo(new Estimate(30, 0));
            assertThat(over.outcome().orElseThrow().without()).isEmpty();
        }
    }

    @Test
    void anAnswerThatRowsCannotGiveIsNotCounted() {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            TestNode alice = TestNode.join(coordinator, "alice", "numbers");
            TestNode bob = TestNode.join(coordinator, "bob", "numbers");
            TestNode mallory = TestNode.join(coordinator, "mallory", "numbers");
            SurveyView submitted = submit(coordinator, ASKED);
            alice.work(client(10));
            bob.work(client(10));
            HttpResponse<byte[]> answer = mallory.report(mallory.nextTask().getId(), Report.newBuilder()
                    .setSummed(Report.Summed.newBuilder().addNumbers(10L << 30).addNumbers(6L << 30)).build());
            assertThat(answer.statusCode()).isEqualTo(204);
            SurveyView over = view(coordinator, submitted.id(), 30);

            assertThat(over.outcome().orElseThrow().answer().orElseThrow().clients()).isEqualTo(2);
            assertThat(over.outcome().orElseThrow().without())
                    .containsEntry("mallory", "its sum cannot be those of its rows");
        }
    }

    @Test
    void aWrongKindOfReportIsRefused() {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            TestNode alice = TestNode.join(coordinator, "alice", "numbers");
            TestNode.join(coordinator, "bob", "numbers");
            submit(coordinator, ASKED);
            HttpResponse<byte[]> answer = alice.report(alice.nextTask().getId(),
                    Report.newBuilder().setDescribed(Report.Described.getDefaultInstance()).build());

            assertThat(TestNode.error(answer)).isEqualTo("422 unusable");
        }
    }

    @Test
    void theSameKeyIsTheSameSurveyAndAMistakeIsNamed() {
        try (TestCoordinator coordinator = new TestCoordinator(folder)) {
            String id = submit(coordinator, ASKED, HeaderNames.IDEMPOTENCY_KEY, "k").id();
            assertThat(submit(coordinator, ASKED, HeaderNames.IDEMPOTENCY_KEY, "k").id()).isEqualTo(id);
            assertThat(error(coordinator.operate("POST", Endpoints.SURVEYS, ASKED + "deadline: 1m\n",
                    HeaderNames.IDEMPOTENCY_KEY, "k"))).contains("used-key");
            assertThat(error(coordinator.operate("POST", Endpoints.SURVEYS, ASKED.replace("between", "within"))))
                    .contains("invalid-spec", "statistics.yaml:4:");
            assertThat(error(coordinator.operate("GET", Endpoints.at(Endpoints.SURVEY, "none"), "")))
                    .contains("there is no survey none");
            assertThat(error(coordinator.operate("GET", Endpoints.at(Endpoints.RUN, id), "")))
                    .contains("there is no run");
            await().until(() -> view(coordinator, id, 1).state() == RunState.FAILED);
            assertThat(view(coordinator, id, 0).reason()).contains("nobody was asked");
        }
    }

    private static String error(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
