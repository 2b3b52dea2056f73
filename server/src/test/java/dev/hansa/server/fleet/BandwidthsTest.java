package dev.hansa.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BandwidthsTest {
    private final Bandwidths bandwidths = new Bandwidths();

    @Test
    void theLastTransferThatTellsIsTold() {
        bandwidths.sent("alice", 1_000_000, Duration.ofSeconds(4));
        bandwidths.sent("alice", 2_000_000, Duration.ofSeconds(4));
        bandwidths.sent("alice", 1_000, Duration.ofSeconds(4)); // too little to tell
        bandwidths.received("alice", 3_000_000, Duration.ofSeconds(2));

        assertThat(bandwidths.down("alice")).contains(500_000L);
        assertThat(bandwidths.up("alice")).contains(1_500_000L);
        assertThat(bandwidths.up("bob")).isEmpty();
    }
}
