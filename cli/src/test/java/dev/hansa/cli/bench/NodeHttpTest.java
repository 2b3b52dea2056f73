package dev.hansa.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hansa.core.FederationException;
import dev.hansa.wire.proto.Error;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeHttpTest {
    private static final String CALL = "POST /v1/tasks/t-1/report";
    private static final int CLOSED = 410;
    private static final byte[] REASON = Error.newBuilder().setMessage("why").build().toByteArray();

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void whatWasDoneHasItsBody(int status) {
        NodeHttp.Answer answer = new NodeHttp.Answer(CALL, status, REASON);
        assertThat(answer.accepted()).isEqualTo(REASON);
        assertThat(answer.acceptedUnless(CLOSED)).contains(REASON);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 410, 422, 500, 503})
    void whatWasNotDoneIsToldWithStatusCallAndReason(int status) {
        NodeHttp.Answer answer = new NodeHttp.Answer(CALL, status, REASON);
        assertThatExceptionOfType(FederationException.class).isThrownBy(answer::accepted)
                .withMessage("the coordinator answered " + status + " to POST /v1/tasks/t-1/report: why");
    }

    @Test
    void thatARoundIsOverIsNormalLife() {
        assertThat(new NodeHttp.Answer(CALL, CLOSED, REASON).acceptedUnless(CLOSED)).isEmpty();
        NodeHttp.Answer broken = new NodeHttp.Answer(CALL, 500, "<html>".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(FederationException.class).isThrownBy(() -> broken.acceptedUnless(CLOSED))
                .withMessage("the coordinator answered 500 to POST /v1/tasks/t-1/report");
    }
}
