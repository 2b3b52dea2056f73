package dev.hansa.client.http;

import static dev.hansa.client.http.FakeCoordinator.body;
import static dev.hansa.client.http.FakeCoordinator.error;
import static dev.hansa.client.http.FakeCoordinator.offset;
import static dev.hansa.client.http.FakeCoordinator.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Sums;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.proto.Report;
import java.io.File;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;

class UpdateUploadTest extends HttpLinkFixture {
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
        assertThat(directory.resolve("updates")).isDirectoryContaining("glob:**.answer");
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
    void aReportBeforeItsUpdateIsThereBringsTheRestAndReportsAgain() throws Exception {
        int cut = 70_000;
        coordinator.on("GET " + uploadPath(), offset(modelBytes.length), offset(cut))
                .on("PUT " + uploadPath(), offset(modelBytes.length))
                .on(REPORT, error(ErrorCode.WRONG_OFFSET, "70000 bytes are here"), ok());
        link.report("t1", fitted());
        assertThat(body(coordinator.requests("PUT " + uploadPath()).get(0)))
                .isEqualTo(Arrays.copyOfRange(modelBytes, cut, modelBytes.length));
        assertThat(coordinator.requests(REPORT)).hasSize(2);
        assertThat(Report.parseFrom(body(coordinator.requests(REPORT).get(1))).hasFitted()).isTrue();
    }

    @Test
    void anUploadThatGetsNoFurtherIsGivenUpAndTheTaskFails() throws Exception {
        coordinator.on("GET " + uploadPath(), offset(0)).on(REPORT, ok())
                .on("PUT " + uploadPath(), offset(9), offset(9), offset(8), offset(9), offset(0));
        link.report("t1", fitted());
        assertThat(coordinator.requests("PUT " + uploadPath())).hasSize(6);
        assertThat(reported().getFailed())
                .isEqualTo("the coordinator does not take the update: after 5 tries it has no more of it than before");
    }

    @Test
    void anUploadThatIsAlwaysAtTheWrongPlaceIsGivenUp() throws Exception {
        coordinator.on("GET " + uploadPath(), offset(0)).on(REPORT, ok())
                .on("PUT " + uploadPath(), error(ErrorCode.WRONG_OFFSET, "somewhere else"));
        link.report("t1", fitted());
        assertThat(reported().getFailed()).startsWith("the coordinator does not take the update");
        assertThat(directory.resolve("updates")).isEmptyDirectory();
    }

    /** Connections that broke are heard of at different times: the coordinator still takes what the last one brought. */
    @Test
    void anUploadThatGetsFurtherIsNotGivenUpHoweverOftenItIsAtTheWrongPlace() throws Exception {
        coordinator.on("GET " + uploadPath(), IntStream.rangeClosed(1, 3 * UpdateUpload.TRIES)
                .mapToObj(tries -> offset(10_000L * tries)).toArray(FakeCoordinator.Answer[]::new));
        for (int tries = 1; tries < 3 * UpdateUpload.TRIES; tries++) {
            coordinator.on("PUT " + uploadPath(), error(ErrorCode.WRONG_OFFSET, "it has more by now"));
        }
        coordinator.on("PUT " + uploadPath(), offset(modelBytes.length)).on(REPORT, ok());
        link.report("t1", fitted());
        assertThat(reported().hasFitted()).isTrue();
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
    void anUpdateThatTheDiskCannotTakeFailsTheTaskForNow() throws Exception {
        Files.delete(directory.resolve("updates"));
        coordinator.on(REPORT, ok());
        link.report("t1", fitted());
        assertThat(reported().getFailed()).startsWith("this node cannot read or write its files");
        assertThat(listener.told).singleElement().asString().contains("cannot read the folder " + directory);
    }

    @Test
    void anUpdateThatTheDiskCannotGiveBackFailsTheTaskForNow() throws Exception {
        coordinator.on("GET " + uploadPath(), request -> {
            answer().delete();
            return offset(0).apply(request);
        }).on("PUT " + uploadPath(), offset(modelBytes.length)).on(REPORT, ok());
        link.report("t1", fitted());
        assertThat(reported().getFailed()).startsWith("this node cannot read or write its files");
        assertThat(listener.told).singleElement().asString().contains("cannot read the update from " + directory);
    }

    private MockResponse updateIsStillThere(RecordedRequest request) {
        return (answer().exists() ? ok() : error(ErrorCode.BAD_REQUEST, "the update is gone too soon")).apply(request);
    }

    private File answer() {
        File[] files = directory.resolve("updates").toFile().listFiles();
        assertThat(files).hasSize(1);
        return files[0];
    }

    private String uploadPath() {
        return "/v1/tasks/t1/update/" + model.sha256().hex();
    }

    /** An update whose difference happens to be the model: the same blob. */
    private static dev.hansa.core.protocol.Report fitted() {
        return new dev.hansa.core.protocol.Report.Fitted(new ModelUpdate(MODEL, 10, Sums.NONE));
    }
}
