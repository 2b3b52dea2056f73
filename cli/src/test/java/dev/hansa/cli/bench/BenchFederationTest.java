package dev.hansa.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hansa.core.FederationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emulated nodes whose coordinator, a process, does not do what they ask. */
class BenchFederationTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path home;
    private Workshop workshop;
    private BenchFederation federation;

    @BeforeEach
    void start() throws IOException {
        workshop = new Workshop(home);
        federation = new BenchFederation(workshop, 64);
    }

    @AfterEach
    void end() {
        workshop.close();
        assertThat(home).as("keys of the benchmark").isEmptyDirectory();
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void nothingBeginsWhenItHasEnded() {
        workshop.close();
        assertThatExceptionOfType(FederationException.class)
                .isThrownBy(() -> federation.launch(1, new Workload(2, 2, 0, 10, 1, 1, false)));
        assertThatExceptionOfType(FederationException.class).isThrownBy(() -> new BenchFederation(workshop, 64));
    }

    @Test
    void aCoordinatorThatEndsEndsTheBenchmark() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        assertThatExceptionOfType(FederationException.class).isThrownBy(() -> federation.pass(LONG))
                .withMessageStartingWith("the coordinator ended by itself");
    }

    @Test
    void anUploadThatIsRefusedEndsTheBenchmark() throws Exception {
        Workload large = new Workload(2, 2, 0, 40_000, 1, 1, false);
        Workload small = new Workload(2, 2, 0, 10, 1, 1, false);
        federation.emulate(large, _ -> {});
        federation.operator().submit(small.runFile().text());

        assertThatExceptionOfType(FederationException.class).isThrownBy(() -> federation.pass(LONG))
                .withMessageStartingWith("the coordinator answered 413 to PUT /v1/tasks/")
                .withMessageContainingAll("/update/", ": the update has ");
    }
}
