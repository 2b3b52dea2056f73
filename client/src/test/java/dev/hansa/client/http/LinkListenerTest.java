package dev.hansa.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkListenerTest {

    @Test
    void noPauseIsSaidToLastNoSeconds() {
        assertThat(LinkListener.when(Duration.ZERO)).isEqualTo("at once");
        assertThat(LinkListener.when(Duration.ofMillis(49))).isEqualTo("at once");
        assertThat(LinkListener.when(Duration.ofMillis(50))).isEqualTo("in 0.1 s");
        assertThat(LinkListener.when(Duration.ofMillis(29_960))).isEqualTo("in 30.0 s");
    }
}
