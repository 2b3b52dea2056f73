package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.server.api.RunState;
import dev.hansa.server.api.RunView;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.model.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of their own, between processes: they are those of a simulation, and stay with their nodes. */
class PersonalIT {
    private static final Duration HANGS = Duration.ofMinutes(3);
    private static final List<String> WAYS = List.of("personalization: {type: fineTuning, epochs: 3, rate: 0.02}",
            "personalization: {type: fedrep, layers: [layer3.*], headEpochs: 2}\ncompression: {values: int8, topK: 0.5}",
            "personalization: fedbn",
            "personalization: {type: ditto, lambda: 0.5}\nstrategy: scaffold",
            "personalization: {type: ifca, clusters: 3}\ncompression: float16");

    @TempDir
    private Path folder;

    private static RunFile job(String way) {
        return RunFile.parse(Housing.run().text()
                .replace("model: linear", "model: {type: mlp, hidden: [16, 8], normalize: "
                        + (way.contains("fedbn") ? "batch}" : "none}"))
                .replace("epochs: 5, batchSize: all, rate: 0.1", "epochs: 2, batchSize: 32, rate: 0.02")
                .replace("strategy: fedavg\n", way.contains("strategy") ? "" : "strategy: fedavg\n")
                .replace("rounds: 50", "rounds: 4") + way + "\n", "run.yaml");
    }

    @Test
    void areThoseOfASimulationAndStayWithTheirNodes() throws Exception {
        try (Federation federation = Federation.start(folder)) {
            for (String way : WAYS) {
                RunFile file = job(way);
                String run = federation.operator().submit(file.text()).id();
                RunView end = await().atMost(HANGS).pollInterval(Duration.ofMillis(50))
                        .until(() -> federation.operator().run(run), view -> view.state().over());
                assertThat(end.state()).as(way + ": " + end.reason()).isEqualTo(RunState.FINISHED);

                Checkpoint simulated = Housing.simulate(file);
                assertThat(end.closing()).as(way).isEqualTo(simulated.closing());
                assertThat(end.closing().personal()).as(way).containsOnlyKeys("alice", "bob");
                Path shared = folder.resolve("shared.safetensors");
                try (var out = Files.newOutputStream(shared)) {
                    federation.operator().model(run, out);
                }
                usable(federation, run, shared);
            }
        }
    }

    @Test
    void areTheSameIfAllIsKilledWhileTheyAreFinished() throws Exception {
        RunFile file = job("personalization: {type: fineTuning, epochs: 9000, rate: 0.001}");
        try (Federation federation = Federation.start(folder)) {
            String run = federation.operator().submit(file.text()).id();
            await().atMost(HANGS).pollInterval(Duration.ofMillis(5))
                    .until(() -> federation.operator().run(run).round() == 4);
            federation.coordinator().kill();
            federation.node("bob").kill();
            federation.serve();
            federation.join("bob");
            RunView end = await().atMost(HANGS).pollInterval(Duration.ofMillis(50)).ignoreExceptions()
                    .until(() -> federation.operator().run(run), view -> view.state().over());
            assertThat(end.state()).as(end.reason()).isEqualTo(RunState.FINISHED);
            assertThat(end.closing()).isEqualTo(Housing.simulate(file).closing());
        }
    }

    /** A node that was killed has its model yet, and it can be used. */
    private void usable(Federation federation, String run, Path shared) throws Exception {
        federation.node("alice").kill();
        Path own = federation.home("alice").resolve("personal").resolve(run + ".safetensors");
        Path usable = folder.resolve("own.safetensors");
        try (HansaProcess joining = HansaProcess.start(folder, folder.resolve("personal.log"), "model", "personal",
                shared.toString(), own.toString(), "--out", usable.toString())) {
            joining.lastLine(0);
        }
        ModelFile mine = ModelFile.read(usable);
        assertThat(mine.missing()).isEmpty();
        assertThat(mine.parameters()).isNotEqualTo(ModelFile.read(shared).parameters());
        assertThat(mine.round()).isEqualTo(4);
        federation.join("alice");
    }
}
