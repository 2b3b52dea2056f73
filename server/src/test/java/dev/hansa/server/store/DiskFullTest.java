package dev.hansa.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.FederationException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DiskFullTest {
    private static final DiskFull ROOMY = new DiskFull(() -> Long.MAX_VALUE);
    private static final DiskFull LITTLE = new DiskFull(() -> 4096);

    @Test
    void theWordsOfTheSystemTellOfAQuotaToo() {
        assertThat(ROOMY.causedBy(new IOException("No space left on device"))).isTrue();
        assertThat(ROOMY.causedBy(new FederationException("cannot write", true,
                new IOException("runs/x: Disk quota exceeded")))).isTrue();
        assertThat(ROOMY.causedBy(new IOException("Too many open files"))).isFalse();
    }

    @Test
    void whateverTheWordsAFileThatFailsWithoutRoomFailsForWantOfIt() {
        assertThat(LITTLE.causedBy(new FederationException("cannot write", true,
                new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar")))).isTrue();
        assertThat(LITTLE.causedBy(new IllegalStateException("no file is concerned"))).isFalse();
    }

    @Test
    void roomThatCannotBeMeasuredProvesNothing() {
        DiskFull unknown = new DiskFull(() -> {
            throw new IOException("no such disk");
        });
        assertThat(unknown.causedBy(new IOException("broken"))).isFalse();
        assertThat(unknown.now()).isFalse();
    }

    @Test
    void aDiskIsFullAlsoBeforeAWriteFails() {
        assertThat(LITTLE.now()).isTrue();
        assertThat(ROOMY.now()).isFalse();
    }
}
