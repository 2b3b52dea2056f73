package dev.hansa.server.http;

import static dev.hansa.server.TestNode.error;
import static dev.hansa.server.TestNode.updatePath;
import static dev.hansa.server.http.SampleReports.described;
import static dev.hansa.server.http.SampleReports.evaluated;
import static dev.hansa.server.http.SampleReports.fitted;
import static dev.hansa.server.http.SampleReports.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.server.api.Json;
import dev.hansa.server.api.NodeView;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.proto.Task;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

/** A round as two nodes see it, call by call. */
@Timeout(60)
class WorkTest {
    @TempDir
    Path folder;
    private TestCoordinator coordinator;
    private TestNode alice;
    private TestNode bob;
    private String run;
    private Task task;

    @BeforeEach
    void startTheFirstRound() {
        coordinator = new TestCoordinator(folder);
        run = coordinator.submit(TestCoordinator.RUN).id();
        alice = TestNode.join(coordinator, "alice", "numbers");
        bob = TestNode.join(coordinator, "bob", "numbers");
        assertThat(alice.report(alice.nextTask().getId(), described()).statusCode()).isEqualTo(204);
        assertThat(bob.report(bob.nextTask().getId(), described()).statusCode()).isEqualTo(204);
        task = alice.nextTask();
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Test
    void theSameTaskIsGivenUntilItIsReported() {
        assertThat(task.hasFit()).isTrue();
        Task again = alice.nextTask();
        assertThat(timeless(again)).isEqualTo(timeless(task));
        assertThat(again.getFit().getTimeLeftMillis()).as("of the deadline of a minute")
                .isBetween(1L, task.getFit().getTimeLeftMillis()).isLessThanOrEqualTo(60_000);
    }

    private static Task timeless(Task task) {
        return task.toBuilder().setFit(task.getFit().toBuilder().clearTimeLeftMillis()).build();
    }

    @Test
    void theModelIsFetchedFromWhereTheNodeWantsIt() {
        String path = Endpoints.at(Endpoints.BLOB, Sha256.fromBytes(
                task.getFit().getParameters().getSha256().toByteArray()).hex());
        byte[] model = alice.get(path).body();
        assertThat(model).hasSize((int) task.getFit().getParameters().getSizeBytes());
        HttpResponse<byte[]> rest = alice.get(path, "Range", "bytes=10-");
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(model, 10, model.length));
        HttpResponse<byte[]> middle = alice.get(path, "Range", "bytes=0-9");
        assertThat(middle.statusCode()).isEqualTo(206);
        assertThat(middle.headers().firstValue("Content-Range")).contains("bytes 0-9/" + model.length);
        assertThat(middle.body()).isEqualTo(Arrays.copyOf(model, 10));
        assertThat(alice.get(path, "Range", "bytes=10-999999999").body()).isEqualTo(rest.body());
        for (String wrong : List.of(model.length + "-", "9-8", "-5", "0-1,3-4")) {
            assertThat(error(alice.get(path, "Range", "bytes=" + wrong))).isEqualTo("416 wrong-range");
        }
        assertThat(error(alice.get(Endpoints.at(Endpoints.BLOB, Sha256.of(new byte[1]).hex()))))
                .isEqualTo("404 not-found");
        assertThat(error(TestNode.join(coordinator, "carol", "others").get(path))).isEqualTo("404 not-found");
    }

    @Test
    void aModelThatCannotBeReadIsNotTheNodesFault() throws IOException {
        Sha256 name = Sha256.fromBytes(task.getFit().getParameters().getSha256().toByteArray());
        Path file = folder.resolve("runs").resolve(run).resolve("models").resolve(name.hex() + ".safetensors");
        Files.delete(file);
        assertThat(error(alice.get(Endpoints.at(Endpoints.BLOB, name.hex())))).isEqualTo("404 not-found");
        Files.createDirectory(file); // opens, and cannot be read
        HttpResponse<byte[]> broken = alice.get(Endpoints.at(Endpoints.BLOB, name.hex()));
        assertThat(error(broken)).isEqualTo("503 busy");
        assertThat(broken.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void anUploadGoesOnWhereItBroke() {
        byte[] update = update(1);
        String path = updatePath(task.getId(), update);
        assertThat(offset(alice.get(path))).isEqualTo(0);
        assertThat(offset(alice.put(path + "?offset=0&size=" + update.length, Arrays.copyOf(update, 20))))
                .isEqualTo(20);
        assertThat(offset(alice.get(path))).isEqualTo(20);
        HttpResponse<byte[]> wrong = alice.put(path + "?offset=19&size=" + update.length,
                Arrays.copyOfRange(update, 19, update.length));
        assertThat(error(wrong)).isEqualTo("409 wrong-offset");
        assertThat(offset(wrong)).isEqualTo(20);
        assertThat(error(alice.report(task.getId(), fitted(update)))).isEqualTo("409 wrong-offset");
        assertThat(offset(alice.put(path + "?offset=20&size=" + update.length,
                Arrays.copyOfRange(update, 20, update.length)))).isEqualTo(update.length);
        assertThat(alice.report(task.getId(), fitted(update)).statusCode()).isEqualTo(204);
    }

    @Test
    void whoUploadsIsSeenAllTheTime() throws IOException {
        try (Socket _ = aliceSends20Of(update(1))) {
            coordinator.clock().forward(Duration.ofHours(1));
            assertThat(lastSeen("alice")).isAfterOrEqualTo(lastSeen("bob").plus(Duration.ofMinutes(59)));
        }
    }

    /** Returns when the coordinator has them. */
    private Socket aliceSends20Of(byte[] update) throws IOException {
        String path = updatePath(task.getId(), update);
        Socket sending = alice.beginPut(path + "?offset=0&size=" + update.length, update.length);
        sending.getOutputStream().write(update, 0, 20);
        await().until(() -> offset(alice.get(path)) == 20);
        return sending;
    }

    private Instant lastSeen(String node) {
        List<NodeView> nodes = Json.mapper().readValue(coordinator.operate("GET", Endpoints.NODES, "").body(),
                new TypeReference<>() {});
        return nodes.stream().filter(view -> view.name().equals(node)).findFirst().orElseThrow().lastSeen();
    }

    @Test
    void whoStillUploadsWhenTheRoundIsOverIsToldSo() throws IOException {
        byte[] update = update(1);
        try (Socket sending = aliceSends20Of(update)) {
            alice.leave();
            byte[] other = update(2);
            Task his = bob.nextTask();
            bob.upload(his.getId(), other);
            bob.report(his.getId(), fitted(other));
            coordinator.await(run, RunEvent.RoundAbandoned.class);
            sending.getOutputStream().write(update, 20, update.length - 20);
            assertThat(new String(sending.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 410");
        }
        coordinator.await(run, RunEvent.ClientLate.class);
    }

    @Test
    void anUploadMustBeWhatItsNameSays() {
        byte[] update = update(1);
        byte[] other = update(2);
        String path = updatePath(task.getId(), update);
        assertThat(error(alice.put(path + "?offset=0&size=" + other.length, other))).isEqualTo("409 wrong-hash");
        assertThat(offset(alice.get(path))).isEqualTo(0);
        assertThat(alice.upload(task.getId(), update).statusCode()).isEqualTo(204);
    }

    @Test
    void anUploadMayNotBeMuchLargerThanTheModel() {
        byte[] large = new byte[1 << 20];
        assertThat(error(alice.upload(task.getId(), large))).isEqualTo("413 too-large");
        byte[] update = update(1);
        assertThat(error(alice.put(updatePath(task.getId(), update) + "?offset=0&size=20", update)))
                .isEqualTo("413 too-large");
    }

    @Test
    void anotherNodesTaskIsNotYours() {
        byte[] update = update(1);
        assertThat(error(bob.upload(task.getId(), update))).isEqualTo("403 not-yours");
        assertThat(error(bob.report(task.getId(), fitted(update)))).isEqualTo("403 not-yours");
    }

    @Test
    void aReportMustAnswerTheTask() {
        assertThat(error(alice.report(task.getId(), described()))).isEqualTo("422 unusable");
        assertThat(error(alice.report(task.getId(), Report.getDefaultInstance()))).isEqualTo("400 bad-request");
        byte[] garbage = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        alice.upload(task.getId(), garbage);
        assertThat(error(alice.report(task.getId(), fitted(garbage)))).isEqualTo("422 unusable");
    }

    @Test
    void aReportThatComesTwiceCountsOnce() {
        byte[] update = update(1);
        alice.upload(task.getId(), update);
        assertThat(alice.report(task.getId(), fitted(update)).statusCode()).isEqualTo(204);
        assertThat(alice.report(task.getId(), fitted(update)).statusCode()).isEqualTo(204);
        finishRound();
        assertThat(coordinator.events(run, 0))
                .filteredOn(event -> event.event() instanceof RunEvent.ClientAnswered answer
                        && answer.round() == 1 && answer.phase() == RunEvent.Phase.FIT
                        && answer.client().equals("alice"))
                .hasSize(1);
    }

    @Test
    void whoReportsIsGivenTheNextTaskWithTheAcknowledgement() throws InterruptedException {
        byte[] mine = update(1);
        alice.upload(task.getId(), mine);
        AtomicReference<Next> answer = new AtomicReference<>();
        Thread reporting = Thread.ofVirtual().start(() -> answer.set(TestNode.parse(Next.parser(), alice.post(
                Endpoints.at(Endpoints.REPORT, task.getId()) + "?wait=30", fitted(mine).toByteArray()))));
        coordinator.await(run, event -> event instanceof RunEvent.ClientAnswered answered
                && answered.phase() == RunEvent.Phase.FIT && answered.client().equals("alice")); // and she still waits
        assertThat(answer.get()).isNull();
        byte[] other = update(2);
        Task his = bob.nextTask();
        bob.upload(his.getId(), other);
        assertThat(bob.report(his.getId(), fitted(other)).statusCode()).isEqualTo(204);
        reporting.join();
        assertThat(answer.get().getWork().hasEvaluate()).isTrue();
        assertThat(alice.nextTask()).isEqualTo(answer.get().getWork());
    }

    @Test
    void anUpdateThatWasReportedCannotBeReplaced() {
        byte[] update = update(1);
        alice.upload(task.getId(), update);
        alice.report(task.getId(), fitted(update));
        byte[] other = update(3);
        assertThat(error(alice.put(updatePath(task.getId(), other) + "?offset=0&size=" + other.length,
                Arrays.copyOf(other, 20)))).isEqualTo("410 closed");
        finishRound();
        assertThat(coordinator.events(run, 0)).noneMatch(event -> event.event() instanceof RunEvent.Failed)
                .noneMatch(event -> event.event() instanceof RunEvent.UpdateDiscarded);
    }

    @Test
    void aReportAfterTheRoundIsTooLate() {
        byte[] update = update(1);
        alice.upload(task.getId(), update);
        alice.report(task.getId(), fitted(update));
        finishRound();
        assertThat(error(alice.report(task.getId(), fitted(update)))).isEqualTo("410 closed");
        assertThat(error(alice.upload(task.getId(), update))).isEqualTo("410 closed");
        assertThat(error(alice.get(updatePath(task.getId(), update)))).isEqualTo("410 closed");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void aClockThatJumpsEndsNoRoundAndLosesNoNode(long days) {
        long before = coordinator.clock().millis();
        coordinator.clock().forward(Duration.ofDays(days));
        HttpResponse<byte[]> told = alice.send("GET", Endpoints.NEXT_TASK + "?wait=0", new byte[0], before);
        assertThat(error(told)).isEqualTo("401 clock-skew");
        assertThat(TestNode.body(told).getTimeMillis() - before).isBetween(days * 86_400_000L,
                days * 86_400_000L + 60_000);
        assertThat(coordinator.run(run).present()).containsExactly("alice", "bob");

        byte[] update = update(1); // signed by the time that was told
        alice.upload(task.getId(), update);
        assertThat(alice.report(task.getId(), fitted(update)).statusCode()).isEqualTo(204);
        finishRound();
        assertThat(coordinator.events(run, 0)).noneMatch(event -> event.event() instanceof RunEvent.RoundAbandoned)
                .noneMatch(event -> event.event() instanceof RunEvent.ClientSilent);
        assertThat(coordinator.run(run).history()).noneMatch(round -> round.duration().isNegative());
    }

    @Test
    void aNodeThatLeavesIsNotWaitedFor() {
        bob.leave();
        byte[] update = update(1);
        alice.upload(task.getId(), update);
        alice.report(task.getId(), fitted(update));
        coordinator.await(run, RunEvent.RoundAbandoned.class);
    }

    @Test
    void aReportThatComesTooLateIsToldOnceAndOnlyOfItsOwnNode() {
        Task his = bob.nextTask();
        bob.leave(); // or it would be a minute until the round closes
        byte[] update = update(1);
        alice.upload(task.getId(), update);
        alice.report(task.getId(), fitted(update));
        coordinator.await(run, RunEvent.RoundAbandoned.class);

        assertThat(error(alice.report(his.getId(), fitted(update)))).isEqualTo("410 closed");
        assertThat(error(alice.report(task.getId(), fitted(update)))).as("a report again").isEqualTo("410 closed");
        assertThat(error(bob.get(updatePath(his.getId(), update)))).isEqualTo("410 closed");
        assertThat(error(bob.upload(his.getId(), update))).isEqualTo("410 closed");
        assertThat(error(bob.report(his.getId(), fitted(update)))).isEqualTo("410 closed");

        coordinator.await(run, RunEvent.ClientLate.class);
        assertThat(coordinator.run(run).late()).singleElement().satisfies(late -> {
            assertThat(late.client()).isEqualTo("bob");
            assertThat(late.round()).isEqualTo(1);
            assertThat(late.phase()).isEqualTo(RunEvent.Phase.FIT);
            assertThat(late.late()).isGreaterThanOrEqualTo(Duration.ZERO);
        });
        assertThat(coordinator.events(run, 0)).filteredOn(event -> event.event() instanceof RunEvent.ClientLate)
                .hasSize(1);
    }

    private void finishRound() {
        Task other = bob.nextTask();
        byte[] update = update(2);
        bob.upload(other.getId(), update);
        bob.report(other.getId(), fitted(update));
        for (TestNode node : List.of(alice, bob)) {
            Task evaluate = node.nextTask();
            assertThat(evaluate.hasEvaluate()).isTrue();
            node.report(evaluate.getId(), evaluated());
        }
        // Events are written a moment after they happen; those of the round are there with its commit.
        coordinator.await(run, RunEvent.RoundCommitted.class);
    }

    private static long offset(HttpResponse<byte[]> answer) {
        return Long.parseLong(answer.headers().firstValue(HeaderNames.OFFSET).orElseThrow());
    }
}
