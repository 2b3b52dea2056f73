package dev.hansa.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Instant END = Instant.parse("2030-01-02T10:10:00Z");

    @Test
    void namesWhoIsSilentSinceWhenAndHowLongTheRoundWaits() {
        assertThat(Silence.text(new TreeMap<>(Map.of("bob", Optional.of(Instant.parse("2030-01-02T10:00:07Z")))), END))
                .isEqualTo(
                        "bob, not heard of since 2030-01-02 10:00:07 UTC; until 2030-01-02 10:10:00 UTC at the latest");
    }

    @Test
    void knowsNothingOfTheTimeBeforeThisProcess() {
        assertThat(Silence.text(new TreeMap<>(Map.of("bob", Optional.empty())), END)).isEqualTo(
                "bob, not heard of since this coordinator started; until 2030-01-02 10:10:00 UTC at the latest");
    }

    @Test
    void saysNothingIfNobodyIsSilent() {
        assertThat(Silence.text(new TreeMap<>(), END)).isEmpty();
    }
}
