package dev.hansa.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.client.Link;
import dev.hansa.core.protocol.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeardTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Link.Next NOTHING = new Link.Next.Later(Duration.ZERO);

    @TempDir
    Path folder;

    private Heard heard(Path file, Clock clock) {
        return new Heard(new Link() {
            @Override
            public Next next() {
                return NOTHING;
            }

            @Override
            public boolean report(String taskId, Report report) {
                return true;
            }
        }, file, clock);
    }

    @Test
    void theTimeOfTheFileIsThatOfTheLastAnswer() throws InterruptedException {
        assertThat(NodeDirectory.heard(folder)).isEmpty();
        Instant[] now = {NOON};
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        Heard heard = heard(folder.resolve("heard"), clock);
        assertThat(heard.next()).isSameAs(NOTHING);
        assertThat(NodeDirectory.heard(folder)).contains(NOON);
        now[0] = NOON.plusSeconds(5);
        heard.next();
        assertThat(NodeDirectory.heard(folder)).as("to within some seconds").contains(NOON);
        now[0] = NOON.plusSeconds(11);
        heard.next();
        assertThat(NodeDirectory.heard(folder)).contains(NOON.plusSeconds(11));
        now[0] = NOON.minusSeconds(60);
        heard.next();
        assertThat(NodeDirectory.heard(folder)).as("the clock was set back").contains(NOON.minusSeconds(60));
        assertThat(heard.report("t", new Report.Failed("no"))).isTrue();
    }

    @Test
    void workGoesOnWhereItCannotBeNoted() throws InterruptedException {
        Path nowhere = folder.resolve("none/heard");
        assertThat(heard(nowhere, Clock.fixed(NOON, ZoneOffset.UTC)).next()).isSameAs(NOTHING);
        assertThat(Files.exists(nowhere)).isFalse();
    }
}
