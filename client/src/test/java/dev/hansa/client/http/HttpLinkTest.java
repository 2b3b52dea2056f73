package dev.hansa.client.http;

import static dev.hansa.client.http.FakeCoordinator.body;
import static dev.hansa.client.http.FakeCoordinator.bytes;
import static dev.hansa.client.http.FakeCoordinator.error;
import static dev.hansa.client.http.FakeCoordinator.message;
import static dev.hansa.client.http.FakeCoordinator.offset;
import static dev.hansa.client.http.FakeCoordinator.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hansa.core.client.Link;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.message.NextCodec;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.safetensors.BlobFolder;
import dev.hansa.wire.trust.NodeKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpLinkTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    private static final DataSpec DATA = new DataSpec("d", SCHEMA, new HoldOut.None(), false);
    private static final int SIZE = 50_000;
    private static final Layout LAYOUT = Layout.of(TensorShape.of("w", SIZE));
    private static final Parameters MODEL = parameters();
    private static final String NEXT = "GET /v1/tasks/next";
    private static final String REPORT = "POST /v1/tasks/t1/report";

    @TempDir
    private Path directory;
    private final NodeKey key = NodeKey.generate();
    private final FakeTiming timing = new FakeTiming(20);
    private final RecordingListener listener = new RecordingListener();
    private FakeCoordinator coordinator;
    private PinnedHttp http;
    private HttpLink link;
    private BlobRef model;
    private byte[] modelBytes;
    private String modelCall;

    @BeforeEach
    void start() throws IOException {
        BlobFolder blobs = new BlobFolder(Files.createDirectories(directory.resolve("coordinator")));
        model = blobs.write(MODEL);
        modelBytes = Files.readAllBytes(blobs.path(model.sha256()));
        modelCall = "GET /v1/blobs/" + model.sha256().hex();
        coordinator = FakeCoordinator.overHttp1().know(key.publicKey());
        http = new PinnedHttp(coordinator.address(), coordinator.fingerprint());
        link = new HttpLink(http, key, "alice", Files.createDirectories(directory.resolve("models")),
                Files.createDirectories(directory.resolve("updates")), listener, timing);
    }

    @AfterEach
    void stop() {
        http.close();
        coordinator.close();
    }

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
        assertThat(reported().getRefused()).startsWith("this node does not understand the task: ");
    }

    @Test
    void garbageInsteadOfWorkIsNotUnderstood() {
        coordinator.on(NEXT, bytes("<html>".getBytes(StandardCharsets.UTF_8)));
        LinkException problem = catchThrowableOfType(LinkException.class, () -> link.next());
        assertThat(problem.code()).isEqualTo("wrong-answer");
    }

    @Test
    void anUpdateIsUploadedFromWhereTheCoordinatorHasIt() throws Exception {
        String update = uploadPath();
        int cut = 70_000;
        coordinator.on("GET " + update, offset(0), offset(cut))
                .on("PUT " + update,
                        request -> new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build(),
                        offset(modelBytes.length))
                .on(REPORT, this::updateIsStillThere);
        link.report("t1", fitted());
        RecordedRequest rest = coordinator.requests("PUT " + update).get(1);
        assertThat(rest.getUrl().query()).isEqualTo("offset=" + cut + "&size=" + modelBytes.length);
        assertThat(body(rest)).isEqualTo(Arrays.copyOfRange(modelBytes, cut, modelBytes.length));
        assertThat(reported().getFitted().getDifference().getSizeBytes()).isEqualTo(modelBytes.length);
        assertThat(directory.resolve("updates")).isEmptyDirectory();
    }

    @Test
    void anUpdateThatTheCoordinatorHasIsNotSentAgain() throws Exception {
        coordinator.on("GET " + uploadPath(), offset(modelBytes.length)).on(REPORT, ok());
        link.report("t1", fitted());
        assertThat(coordinator.requests("PUT " + uploadPath())).isEmpty();
    }

    @Test
    void anUploadAtTheWrongPlaceAsksForTheRightOne() throws Exception {
        coordinator.on("GET " + uploadPath(), offset(0), offset(modelBytes.length))
                .on("PUT " + uploadPath(), error(ErrorCode.WRONG_OFFSET, "it has more")).on(REPORT, ok());
        link.report("t1", fitted());
        assertThat(coordinator.requests(REPORT)).hasSize(1);
    }

    @Test
    void workForARoundThatIsOverIsDroppedQuietly() throws Exception {
        coordinator.on("GET " + uploadPath(), error(ErrorCode.CLOSED, "round 3 is over"));
        link.report("t1", fitted());
        assertThat(listener.told).containsExactly("dropped t1");
        assertThat(directory.resolve("updates")).isEmptyDirectory();
    }

    @Test
    void anUpdateThatTheCoordinatorCannotUseIsReportedAsFailed() throws Exception {
        coordinator.on("GET " + uploadPath(), error(ErrorCode.TOO_LARGE, "at most 1 MB")).on(REPORT, ok());
        link.report("t1", fitted());
        assertThat(reported().getFailed()).isEqualTo("the coordinator does not take the update: at most 1 MB");
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

    private Report reported() throws IOException {
        return Report.parseFrom(body(coordinator.requests(REPORT).get(0)));
    }

    private MockResponse updateIsStillThere(RecordedRequest request) {
        boolean there = Files.exists(directory.resolve("updates").resolve(model.sha256().hex() + ".safetensors"));
        return (there ? ok() : error(ErrorCode.BAD_REQUEST, "the update is gone too soon")).apply(request);
    }

    private MockResponse restOfModel(RecordedRequest request) {
        int from = Integer.parseInt(request.getHeaders().get("Range").replaceAll("[^0-9]", ""));
        return new MockResponse.Builder().code(206)
                .addHeader("Content-Range", "bytes " + from + "-" + (modelBytes.length - 1) + "/" + modelBytes.length)
                .body(new Buffer().write(modelBytes, from, modelBytes.length - from)).build();
    }

    private String uploadPath() {
        return "/v1/tasks/t1/update/" + model.sha256().hex();
    }

    private FakeCoordinator.Answer evaluate() {
        return next(task());
    }

    private FakeCoordinator.Answer next(Link.Next next) {
        return message(NextCodec.encode(next, parameters -> model));
    }

    private static Link.Next task() {
        return new Link.Next.Work("t1", new Task.Evaluate("r", 1, DATA, Preprocessing.identity(SCHEMA),
                new ModelSpec.Linear(), MODEL));
    }

    /** An update whose difference happens to be the model: the same blob. */
    private static dev.hansa.core.protocol.Report fitted() {
        return new dev.hansa.core.protocol.Report.Fitted(new ModelUpdate(MODEL, 10, Sums.NONE));
    }

    private static Parameters parameters() {
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = i * 0.5f;
        }
        return Parameters.owning(LAYOUT, values);
    }
}
