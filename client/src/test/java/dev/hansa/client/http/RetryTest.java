package dev.hansa.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.wire.ErrorCode;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final List<String> problems = new ArrayList<>();
    private final FakeTiming timing = new FakeTiming(5);
    private final Retry retry = new Retry("here", timing, new LinkListener() {
        @Override
        public void retrying(String address, String problem, Duration pause) {
            problems.add(problem);
        }
    });

    private static IOException another() {
        SSLHandshakeException failure = new SSLHandshakeException("another");
        failure.initCause(new CertificateException("another"));
        return failure;
    }

    @Test
    void anotherAtTheFirstContactIsNotTriedAgain() {
        assertThatThrownBy(() -> retry.call(() -> {
            throw another();
        })).isInstanceOf(LinkException.class).hasMessage("what answers at here cannot be trusted: another");
        assertThat(problems).isEmpty();
    }

    @Test
    void anotherInPlaceOfACoordinatorThatHasAnsweredIsWaitedOut() throws Exception {
        retry.call(() -> "hello");
        String answer = retry.call(() -> {
            if (problems.size() < 2) {
                throw another();
            }
            return "back";
        });
        assertThat(answer).isEqualTo("back");
        assertThat(problems).hasSize(2)
                .allMatch(problem -> problem.endsWith("cannot be trusted: another; nothing is sent to it"));
    }

    @Test
    void thoseWhoAreTurnedAwayTogetherDoNotComeBackTogether() throws Exception {
        ErrorAnswer busy = new ErrorAnswer(503, ErrorCode.BUSY, "busy", 0, Duration.ofSeconds(1));
        retry.call(() -> {
            if (timing.pauses.size() < 2) {
                throw busy;
            }
            return "all";
        });
        assertThat(timing.pauses).as("half of what chance may add").containsOnly(Duration.ofMillis(1500));
    }

    @Test
    void whoIsAnsweredIsPutOffAndWhoIsNotTriesAgain() throws Exception {
        RecordingListener listener = new RecordingListener();
        ErrorAnswer busy = new ErrorAnswer(429, ErrorCode.BUSY, "too much to do", 0, Duration.ofSeconds(1));
        new Retry("here", timing, listener).call(() -> {
            if (timing.pauses.isEmpty()) {
                throw busy;
            } else if (timing.pauses.size() == 1) {
                throw new IOException("refused");
            }
            return "all";
        });
        assertThat(listener.told).containsExactly("put off for 1500 ms: too much to do",
                "retrying in 200 ms: refused", "reachable again");
    }

    @Test
    void whoGetsFurtherBeginsWithShortPausesAgain() throws Exception {
        retry.call(new Retry.Attempt<String>() {
            private int made;

            @Override
            public String make() throws IOException {
                made++;
                if (made <= 5) {
                    throw new IOException("broken off");
                }
                return "all";
            }

            @Override
            public long reached() {
                return made < 4 ? 0 : 100;
            }
        });
        assertThat(timing.pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 100L, 200L);
    }
}
