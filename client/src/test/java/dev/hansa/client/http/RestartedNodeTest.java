package dev.hansa.client.http;

import static dev.hansa.client.http.FakeCoordinator.body;
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
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.message.NextCodec;
import dev.hansa.wire.safetensors.Inline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;

/** A node that was killed after it trained, and started again: a link of its own over the same folders. */
class RestartedNodeTest extends HttpLinkFixture {
    private static final String NEXT = "GET /v1/tasks/next";
    private static final Schema SCHEMA = new Schema(List.of(new Column.Number("x", "")), new Column.Number("y", ""));
    private static final DataSpec DATA = new DataSpec("d", SCHEMA, new HoldOut.None(), false);
    private static final Parameters SMALL = Parameters.of(Layout.of(TensorShape.of("w", 2)), 1, 2);
    private static final Link.Next DONE = new Link.Next.Leave("done");

    private FakeTiming clock;

    @Test
    void anAnswerThatWasNotDeliveredIsDeliveredWithoutTrainingAgain() throws Exception {
        killedWhileDelivering(large());
        Files.delete(directory.resolve("models/" + model.sha256().hex() + ".safetensors"));
        coordinator.on(NEXT, next(DONE)).on("GET " + uploadPath(), offset(0))
                .on("PUT " + uploadPath(), offset(modelBytes.length)).on(REPORT, ok());
        assertThat(started().next()).as("the task is not given out again").isEqualTo(DONE);
        assertThat(body(coordinator.requests("PUT " + uploadPath()).get(0))).isEqualTo(modelBytes);
        assertThat(reported().getFitted().getWeight()).isEqualTo(10);
        assertThat(coordinator.requests(modelCall)).as("the model is not needed again").hasSize(1);
        assertThat(listener.told).contains("kept answer of t1");
    }

    @Test
    void aHalfDoneUploadGoesOnWhereTheCoordinatorHasIt() throws Exception {
        killedWhileDelivering(large());
        int cut = 70_000;
        coordinator.on(NEXT, next(DONE)).on("GET " + uploadPath(), offset(cut))
                .on("PUT " + uploadPath(), offset(modelBytes.length)).on(REPORT, ok());
        assertThat(started().next()).isEqualTo(DONE);
        RecordedRequest rest = coordinator.requests("PUT " + uploadPath()).get(0);
        assertThat(rest.getUrl().query()).isEqualTo("offset=" + cut + "&size=" + modelBytes.length);
        assertThat(body(rest)).isEqualTo(Arrays.copyOfRange(modelBytes, cut, modelBytes.length));
    }

    @Test
    void aDamagedAnswerMeansToTrainAgain() throws Exception {
        killedWhileDelivering(large());
        Path file = directory.resolve("updates").resolve(answers()[0]);
        byte[] damaged = Files.readAllBytes(file);
        damaged[1000] ^= 1;
        Files.write(file, damaged);
        assertThat(started().next()).isInstanceOf(Link.Next.Work.class);
        assertThat(listener.told).last().asString().contains("lost answer of t1", "its update is damaged");
    }

    @Test
    void anAnswerStaysUntilTheNextTrainingOfItsRun() throws Exception {
        link = started();
        coordinator.on("GET " + uploadPath(), offset(modelBytes.length)).on(REPORT, ok())
                .on(NEXT, fit("t1"), fit("t1"), fit("t2"));
        work(link);
        link.report("t1", large());
        assertThat(work(link).taskId()).as("t1 is answered with what was kept").isEqualTo("t2");
        assertThat(coordinator.requests(REPORT)).hasSize(2);
        coordinator.on("POST /v1/tasks/t2/report", ok()).on("GET /v1/tasks/t2/update/" + model.sha256().hex(),
                offset(modelBytes.length));
        link.report("t2", large());
        assertThat(answers()).hasSize(1);
        coordinator.on(NEXT, fit("t1"));
        assertThat(work(link).taskId()).as("t2 has taken the place of t1").isEqualTo("t1");
    }

    /** A second one would have other noise in it. */
    @Test
    void aProtectedAnswerIsDeliveredRatherThanMadeAgain() throws Exception {
        link = started();
        Task.Fit hidden = task().protectedBy(new Protection(1, 0.5, false));
        coordinator.on(modelCall, FakeCoordinator.bytes(modelBytes));
        coordinator.on("GET " + uploadPath(), offset(modelBytes.length)).on(REPORT, ok()).on(NEXT,
                next(new Link.Next.Work("t1", hidden)), next(new Link.Next.Work("t1", hidden)), next(DONE));
        work(link);
        link.report("t1", large());
        assertThat(link.next()).as("t1 is answered with what was kept").isEqualTo(DONE);
        assertThat(coordinator.requests(REPORT)).hasSize(2);
    }

    @Test
    void anAnswerWhoseRoundIsOverIsForgotten() throws Exception {
        killedWhileDelivering(large());
        coordinator.on(NEXT, next(DONE)).on("GET " + uploadPath(), error(ErrorCode.CLOSED, "it is over"));
        assertThat(started().next()).isEqualTo(DONE);
        assertThat(listener.told).endsWith("kept answer of t1", "dropped t1");
        assertThat(answers()).isEmpty();
    }

    @Test
    void aSmallAnswerThatWasExpensiveIsKeptToo() throws Exception {
        link = inlining();
        coordinator.on(NEXT, fit("t1"));
        work(link);
        clock.sleep(ReportDelivery.CHEAP.plusMillis(1));
        killedWhileDelivering(link, small());
        coordinator.on(NEXT, next(DONE)).on(REPORT, ok());
        assertThat(inlining().next()).isEqualTo(DONE);
        List<RecordedRequest> reports = coordinator.requests(REPORT);
        dev.hansa.wire.proto.Report last =
                dev.hansa.wire.proto.Report.parseFrom(body(reports.get(reports.size() - 1)));
        assertThat(last.getContent().toByteArray()).isEqualTo(Inline.write(SMALL).orElseThrow());
        assertThat(last).isEqualTo(reported());
    }

    @Test
    void aPartialAnswerIsStillPartialWhenItIsDeliveredFromTheDisk() throws Exception {
        killedWhileDelivering(new Report.Fitted(new ModelUpdate(MODEL, 10, Sums.NONE, 0.25)));
        coordinator.on(NEXT, next(DONE)).on("GET " + uploadPath(), offset(modelBytes.length)).on(REPORT, ok());
        assertThat(started().next()).isEqualTo(DONE);
        assertThat(reported().getFitted().getShare()).isEqualTo(0.25);
    }

    @Test
    void theTimeThatTheModelTookIsNotLeftForTraining() throws Exception {
        link = started();
        coordinator.on(NEXT, next(new Link.Next.Work("t1", task().within(Duration.ofSeconds(100)))));
        coordinator.on(modelCall, request -> {
            clock.pass(Duration.ofSeconds(50));
            return FakeCoordinator.bytes(modelBytes).apply(request);
        });
        assertThat(((Task.Fit) work(link).task()).timeLeft()).as("less a fifth to send the update")
                .contains(Duration.ofSeconds(40));
    }

    @Test
    void aClockThatIsSetBackWhileTrainingDoesNotMakeItCheap() throws Exception {
        link = inlining();
        coordinator.on(NEXT, fit("t1"));
        work(link);
        clock.sleep(Duration.ofMinutes(5));
        clock.set(Duration.ofHours(-1));
        killedWhileDelivering(link, small());
    }

    @Test
    void aSmallAnswerThatWasCheapIsNotSynced() throws Exception {
        link = inlining();
        coordinator.on(NEXT, fit("t1")).on(REPORT, ok());
        work(link);
        clock.sleep(ReportDelivery.CHEAP);
        link.report("t1", small());
        assertThat(answers()).isEmpty();
    }

    @Test
    void aSmallAnswerIsDeliveredAlsoIfTheDiskDoesNotTakeIt() throws Exception {
        link = inlining();
        coordinator.on(NEXT, fit("t1")).on(REPORT, ok());
        work(link);
        clock.sleep(Duration.ofMinutes(1));
        Files.delete(directory.resolve("updates"));
        link.report("t1", small());
        assertThat(reported().hasFitted()).isTrue();
        assertThat(listener.told).singleElement().asString().startsWith("lost answer of t1: cannot ");
    }

    @Test
    void aHelloRemovesWhatNobodyWillAskFor() throws Exception {
        Files.write(directory.resolve("updates/writing.tmp"), new byte[9]);
        coordinator.on("POST /v1/hello", ok());
        started().hello("1.0", List.of());
        assertThat(answers()).isEmpty();
    }

    private void killedWhileDelivering(Report.Fitted fitted) throws InterruptedException {
        HttpLink before = started();
        coordinator.on(NEXT, fit("t1"));
        work(before);
        killedWhileDelivering(before, fitted);
    }

    /** No call goes through until the thread counts as interrupted. */
    private void killedWhileDelivering(HttpLink before, Report.Fitted fitted) {
        FakeCoordinator.Answer cut =
                request -> new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
        coordinator.on(REPORT, cut).on("GET " + uploadPath(), cut);
        assertThat(catchThrowableOfType(InterruptedException.class, () -> before.report("t1", fitted))).isNotNull();
        assertThat(answers()).hasSize(1);
    }

    private static Link.Next.Work work(HttpLink link) throws InterruptedException {
        return (Link.Next.Work) link.next();
    }

    private HttpLink started() {
        return link(false);
    }

    private HttpLink inlining() {
        return link(true);
    }

    private HttpLink link(boolean inline) {
        clock = new FakeTiming(20);
        return new HttpLink(http, key, "alice", directory.resolve("models"), directory.resolve("updates"), listener,
                clock, inline);
    }

    private String[] answers() {
        return directory.resolve("updates").toFile().list();
    }

    private String uploadPath() {
        return "/v1/tasks/t1/update/" + model.sha256().hex();
    }

    private FakeCoordinator.Answer fit(String taskId) {
        coordinator.on(modelCall, FakeCoordinator.bytes(modelBytes));
        return next(new Link.Next.Work(taskId, task()));
    }

    private static Task.Fit task() {
        return new Task.Fit("r", 1, DATA, Preprocessing.identity(SCHEMA), new ModelSpec.Mlp(List.of(SIZE / 3)), MODEL,
                new LocalTraining(1, 8, 0.1, 0, 0, true), new Seed(1));
    }

    private FakeCoordinator.Answer next(Link.Next next) {
        return message(NextCodec.encode(next, parameters -> model));
    }

    private static Report.Fitted large() {
        return new Report.Fitted(new ModelUpdate(MODEL, 10, Sums.NONE));
    }

    private static Report.Fitted small() {
        return new Report.Fitted(new ModelUpdate(SMALL, 10, Sums.NONE));
    }
}
