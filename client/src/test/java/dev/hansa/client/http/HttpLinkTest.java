package dev.hansa.client.http;

import static dev.hansa.client.http.FakeCoordinator.body;
import static dev.hansa.client.http.FakeCoordinator.bytes;
import static dev.hansa.client.http.FakeCoordinator.error;
import static dev.hansa.client.http.FakeCoordinator.message;
import static dev.hansa.client.http.FakeCoordinator.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.hansa.core.client.Link;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.ColumnStatistics;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.message.NextCodec;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.Test;

class HttpLinkTest extends HttpLinkFixture {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    private static final DataSpec DATA = new DataSpec("d", SCHEMA, new HoldOut.None(), false);
    private static final String NEXT = "GET /v1/tasks/next";
    private static final ModelSpec LARGE_ENOUGH = new ModelSpec.Mlp(List.of(SIZE / 3));

    @Test
    void saysHelloAndGoodbye() throws Exception {
        coordinator.on("POST /v1/hello", ok()).on("POST /v1/leave", ok());
        link.hello("1.0", List.of("d"));
        link.leave();
        RecordedRequest hello = coordinator.requests("POST /v1/hello").get(0);
        assertThat(HelloRequest.parseFrom(body(hello)).getDataSetsList()).containsExactly("d");
        assertThat(hello.getHeaders().get(HeaderNames.NODE)).isEqualTo("alice");
        assertThat(coordinator.requests("POST /v1/leave")).hasSize(1);
    }

    @Test
    void aNodeThatWasRemovedIsToldWhatToDo() {
        coordinator.on("POST /v1/hello", error(ErrorCode.REMOVED_NODE, "alice was removed"));
        LinkException refusal = catchThrowableOfType(LinkException.class, () -> link.hello("1.0", List.of()));
        assertThat(refusal).hasMessageContainingAll("alice was removed", "a new token and a new directory");
    }

    @Test
    void goodbyeIsSaidOnceEvenIfNobodyHears() throws Exception {
        coordinator.on("POST /v1/leave", request -> new MockResponse.Builder().code(503).build());
        link.leave();
        assertThat(listener.told).containsExactly("left untold");
    }

    @Test
    void asksForWorkAndIsToldToComeBackOrLeave() throws Exception {
        coordinator.on(NEXT, next(new Link.Next.Later(Duration.ofSeconds(3))), next(new Link.Next.Leave("done")));
        assertThat(link.next()).isEqualTo(new Link.Next.Later(Duration.ofSeconds(3)));
        assertThat(link.next()).isEqualTo(new Link.Next.Leave("done"));
        assertThat(coordinator.requests(NEXT).get(0).getTarget()).isEqualTo("/v1/tasks/next?wait=30");
    }

    @Test
    void fetchesAModelOnceForAllTasksThatUseIt() throws Exception {
        coordinator.on(NEXT, evaluate()).on(modelCall, bytes(modelBytes));
        assertThat(link.next()).isEqualTo(task());
        assertThat(link.next()).isEqualTo(task());
        assertThat(coordinator.requests(modelCall)).hasSize(1);
    }

    @Test
    void aDownloadThatBreaksGoesOnWhereItWas() throws Exception {
        coordinator.on(NEXT, evaluate()).on(modelCall,
                request -> new MockResponse.Builder().body(new Buffer().write(modelBytes))
                        .onResponseBody(new SocketEffect.CloseSocket()).build(),
                this::restOfModel);
        assertThat(link.next()).isEqualTo(task());
        List<RecordedRequest> requests = coordinator.requests(modelCall);
        assertThat(requests.get(0).getHeaders().get("Range")).isNull();
        assertThat(requests.get(1).getHeaders().get("Range")).matches("bytes=[1-9][0-9]*-");
        assertThat(listener.told).last().isEqualTo("reachable again");
    }

    @Test
    void aModelThatIsNotWhatItsNameSaysIsFetchedAnew() throws Exception {
        byte[] wrong = modelBytes.clone();
        wrong[wrong.length - 1] ^= 1;
        coordinator.on(NEXT, evaluate()).on(modelCall, bytes(wrong), bytes(modelBytes));
        assertThat(link.next()).isEqualTo(task());
        assertThat(listener.told).first().asString().contains("the model did not arrive as it was announced");
    }

    @Test
    void aModelThatAnEarlierProcessLeftDamagedIsFetchedAnew() throws Exception {
        byte[] wrong = modelBytes.clone();
        wrong[wrong.length - 1] ^= 1;
        Files.write(directory.resolve("models").resolve(model.sha256().hex() + ".safetensors"), wrong);
        coordinator.on(NEXT, evaluate()).on(modelCall, bytes(modelBytes));
        assertThat(link.next()).isEqualTo(task());
        assertThat(coordinator.requests(modelCall)).hasSize(1);
    }

    @Test
    void aModelThatAnEarlierProcessLeftWholeIsUsed() throws Exception {
        Files.write(directory.resolve("models").resolve(model.sha256().hex() + ".safetensors"), modelBytes);
        coordinator.on(NEXT, evaluate());
        assertThat(link.next()).isEqualTo(task());
    }

    private static final dev.hansa.core.protocol.Report FAILED = new dev.hansa.core.protocol.Report.Failed("no");

    @Test
    void theNextTaskComesWithTheAcknowledgementOfAReport() throws Exception {
        coordinator.on(NEXT, evaluate()).on(modelCall, bytes(modelBytes)).on("POST /v1/tasks/t1/report",
                next(new Link.Next.Leave("done")), ok());
        link.report("t1", FAILED);
        assertThat(link.next()).isEqualTo(new Link.Next.Leave("done"));
        assertThat(coordinator.requests(NEXT)).isEmpty();
        link.report("t1", FAILED); // acknowledged, and the link breaks before there is work
        assertThat(link.next()).isEqualTo(task());
        assertThat(coordinator.requests(NEXT)).hasSize(1);
    }

    @Test
    void noMoreOfAModelIsReadThanWasAnnounced() throws Exception {
        byte[] endless = Arrays.copyOf(modelBytes, 40 * modelBytes.length);
        coordinator.on(NEXT, evaluate()).on(modelCall, bytes(endless), bytes(modelBytes));
        assertThat(link.next()).isEqualTo(task());
        assertThat(coordinator.requests(modelCall)).hasSize(2);
    }

    @Test
    void keepsOnlyTheLastModels() throws Exception {
        coordinator.on(NEXT, evaluate()).on(modelCall, bytes(modelBytes));
        for (int i = 0; i < 9; i++) {
            Files.write(directory.resolve("models").resolve("old" + i), new byte[]{1});
        }
        link.next();
        try (Stream<Path> kept = Files.list(directory.resolve("models"))) {
            assertThat(kept.map(file -> file.getFileName().toString()).collect(Collectors.toList())).hasSize(4)
                    .contains(model.sha256().hex() + ".safetensors");
        }
    }

    @Test
    void aModelInUseIsKeptEvenIfOthersSeemNewer() throws Exception {
        for (int i = 0; i < 6; i++) {
            Path other = Files.write(directory.resolve("models").resolve("ahead" + i), new byte[]{1});
            Files.setLastModifiedTime(other, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
        }
        coordinator.on(NEXT, evaluate()).on(modelCall, bytes(modelBytes));
        assertThat(link.next()).isEqualTo(task());
    }

    @Test
    void aTaskWhoseModelIsGoneIsDropped() throws Exception {
        coordinator.on(NEXT, evaluate(), next(new Link.Next.Leave("done")))
                .on(modelCall, error(ErrorCode.NOT_YOURS, "its round is over"));
        assertThat(link.next()).isEqualTo(new Link.Next.Leave("done"));
        assertThat(listener.told).first().isEqualTo("dropped t1");
    }

    @Test
    void aTaskThatIsNotUnderstoodIsRefusedAndTheNextOneAskedFor() throws Exception {
        Next strange =
                Next.newBuilder().setWork(dev.hansa.wire.proto.Task.newBuilder().setId("t1").setRun("r")).build();
        coordinator.on(NEXT, message(strange), next(new Link.Next.Leave("done"))).on(REPORT, ok());
        assertThat(link.next()).isEqualTo(new Link.Next.Leave("done"));
        assertThat(reported().getRefused()).startsWith("this node cannot take the task: ");
    }

    @Test
    void aTaskThatIsTooLargeForAMessageIsRefusedAndTheNextOneAskedFor() throws Exception {
        Next large = Next.newBuilder().setWork(dev.hansa.wire.proto.Task.newBuilder().setId("t1")
                .setContent(ByteString.copyFrom(new byte[1 << 20]))).build();
        coordinator.on(NEXT, message(large), next(new Link.Next.Leave("done"))).on(REPORT, ok());
        assertThat(link.next()).isEqualTo(new Link.Next.Leave("done"));
        assertThat(reported().getRefused())
                .isEqualTo("this node cannot take the task: it is larger than 1048576 bytes");
    }

    @Test
    void aLargeAnswerThatIsNoTaskIsNotUnderstood() {
        coordinator.on(NEXT, bytes(new byte[2 << 20]));
        LinkException problem = catchThrowableOfType(LinkException.class, () -> link.next());
        assertThat(problem.code()).isEqualTo("wrong-answer");
    }

    @Test
    void anAnswerThatIsTooLargeIsNotSentAndTheTaskRefused() throws Exception {
        coordinator.on(REPORT, ok());
        link.report("t1", described("x".repeat(1 << 20)));
        assertThat(coordinator.requests(REPORT)).hasSize(1);
        assertThat(reported().getRefused()).startsWith("the coordinator does not take this node's answer: it has 10");
    }

    @Test
    void anAnswerThatTheCoordinatorDoesNotTakeDoesNotEndTheNode() throws Exception {
        coordinator.on(REPORT, error(ErrorCode.TOO_LARGE, "at most 8 bytes"), ok());
        link.report("t1", described("x"));
        Report second = Report.parseFrom(body(coordinator.requests(REPORT).get(1)));
        assertThat(second.getRefused()).isEqualTo("the coordinator does not take this node's answer: at most 8 bytes");
    }

    private static dev.hansa.core.protocol.Report described(String column) {
        return new dev.hansa.core.protocol.Report.Described(
                new TableStatistics(5, 0, new TreeMap<>(Map.of(column, new ColumnStatistics(5, 1, 1)))));
    }

    @Test
    void aModelThatNeverIsWhatItsNameSaysFailsTheTask() throws Exception {
        byte[] wrong = modelBytes.clone();
        wrong[wrong.length - 1] ^= 1;
        coordinator.on(NEXT, evaluate(), next(new Link.Next.Leave("done"))).on(modelCall, bytes(wrong)).on(REPORT,
                ok());
        assertThat(link.next()).isEqualTo(new Link.Next.Leave("done"));
        assertThat(coordinator.requests(modelCall)).hasSize(5);
        assertThat(reported().getFailed()).isEqualTo(
                "the coordinator does not give the model: 5 times something else came than was announced");
    }

    @Test
    void aModelThatIsShorterThanAnnouncedIsFetchedAnew() throws Exception {
        byte[] shorter = Arrays.copyOf(modelBytes, modelBytes.length - 1);
        coordinator.on(NEXT, evaluate()).on(modelCall, bytes(shorter),
                error(ErrorCode.WRONG_RANGE, "the model has only " + shorter.length + " bytes"), bytes(modelBytes));
        assertThat(link.next()).isEqualTo(task());
    }

    @Test
    void aBrokenModelThatTheDiskDoesNotLetGoFailsTheTaskForNow() throws Exception {
        Path part = Files.createDirectory(directory.resolve("models").resolve(model.sha256().hex() + ".part"));
        Files.createFile(part.resolve("a-file-that-keeps-its-folder"));
        model = new BlobRef(model.sha256(), 9); // less than a folder has
        assertThatTheModelFailsOnDisk();
    }

    @Test
    void aModelThatIsLargerThanTheTaskNeedsIsRefusedAndNotFetched() throws Exception {
        BlobRef absurd = new BlobRef(model.sha256(), 1L << 32);
        coordinator.on(NEXT, message(NextCodec.encode(task(), parameters -> absurd)), next(new Link.Next.Leave("done")))
                .on(modelCall, bytes(modelBytes)).on(REPORT, ok());
        assertThat(link.next()).isEqualTo(new Link.Next.Leave("done"));
        assertThat(reported().getRefused()).startsWith(
                "this node cannot take the task: parameters: found 4294967296 bytes, expected at most ");
        assertThat(coordinator.requests(modelCall)).isEmpty();
    }

    @Test
    void aModelThatTheDiskCannotTakeFailsTheTaskForNow() throws Exception {
        Files.createDirectory(directory.resolve("models").resolve(model.sha256().hex() + ".part"));
        assertThatTheModelFailsOnDisk();
    }

    @Test
    void aModelThatTheDiskCannotGiveBackFailsTheTaskForNow() throws Exception {
        Files.createDirectory(directory.resolve("models").resolve(model.sha256().hex() + ".safetensors"));
        assertThatTheModelFailsOnDisk();
    }

    private void assertThatTheModelFailsOnDisk() throws Exception {
        coordinator.on(NEXT, evaluate(), next(new Link.Next.Leave("done"))).on(modelCall, bytes(modelBytes))
                .on(REPORT, ok());
        assertThat(link.next()).isEqualTo(new Link.Next.Leave("done"));
        assertThat(reported().getFailed())
                .isEqualTo("this node cannot read or write its files; its owner's log tells more");
        assertThat(listener.told).singleElement().asString().startsWith("disk failed for t1: ")
                .contains(directory.toString());
    }

    @Test
    void garbageInsteadOfWorkIsNotUnderstood() {
        coordinator.on(NEXT, bytes("<html>".getBytes(StandardCharsets.UTF_8)));
        LinkException problem = catchThrowableOfType(LinkException.class, () -> link.next());
        assertThat(problem.code()).isEqualTo("wrong-answer");
    }

    @Test
    void anInterruptEndsTheWaitForWork() throws Exception {
        coordinator.on(NEXT, request -> {
            waiting.interrupt();
            return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
        });
        waiting = Thread.currentThread();
        assertThat(catchThrowableOfType(InterruptedException.class, () -> link.next())).isNotNull();
    }

    private volatile Thread waiting;

    private MockResponse restOfModel(RecordedRequest request) {
        int from = Integer.parseInt(request.getHeaders().get("Range").replaceAll("[^0-9]", ""));
        return new MockResponse.Builder().code(206)
                .addHeader("Content-Range", "bytes " + from + "-" + (modelBytes.length - 1) + "/" + modelBytes.length)
                .body(new Buffer().write(modelBytes, from, modelBytes.length - from)).build();
    }

    private FakeCoordinator.Answer evaluate() {
        return next(task());
    }

    private FakeCoordinator.Answer next(Link.Next next) {
        return message(NextCodec.encode(next, parameters -> model));
    }

    private static Link.Next task() {
        return new Link.Next.Work("t1", new Task.Evaluate("r", 1, DATA, Preprocessing.identity(SCHEMA),
                LARGE_ENOUGH, MODEL));
    }
}
