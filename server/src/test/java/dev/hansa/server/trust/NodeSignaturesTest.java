package dev.hansa.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSignaturesTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long WINDOW = 300_000;
    private static final String SIGNATURE = "A".repeat(86);
    private final NodeSignatures signatures =
            new NodeSignatures(name -> Optional.empty(), Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(longs = {NOW - WINDOW, NOW, NOW + WINDOW})
    void aSignatureOfNowIsTaken(long time) {
        assertThat(signatures.stamp(Long.toString(time), SIGNATURE).timeMillis()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(longs = {NOW - WINDOW - 1, NOW + WINDOW + 1, NOW + Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 0})
    void aSignatureOfAnyOtherTimeIsRefused(long time) {
        assertThatThrownBy(() -> signatures.stamp(Long.toString(time), SIGNATURE))
                .isInstanceOfSatisfying(RejectedException.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.CLOCK_SKEW));
    }

    @Test
    void aSignatureThatIsNoneIsRefused() {
        for (String none : new String[]{null, "", "A".repeat(85), "!".repeat(86)}) {
            assertThatThrownBy(() -> signatures.stamp(Long.toString(NOW), none))
                    .isInstanceOfSatisfying(RejectedException.class,
                            rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.WRONG_SIGNATURE));
        }
    }
}
