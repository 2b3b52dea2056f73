package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.server.api.RunState;
import dev.hansa.server.api.RunView;
import dev.hansa.spec.RunFile;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Strategies that ask more of nodes than plain averaging, or look at all updates again and again, between processes: they
 * end in the bytes of a simulation.
 */
class StrategiesIT {
    private static final Duration HANGS = Duration.ofMinutes(3);
    private static final List<String> STRATEGIES = List.of(
            "strategy: scaffold\ncompression: int8",
            "strategy: {type: feddyn, alpha: 0.05}",
            "strategy: {type: qfedavg, q: 0.5}",
            "strategy: {type: combined, aggregate: {type: centredClipping, norm: 0.5}, server: {type: adam, rate: 0.05}}\n"
                    + "compression: float16",
            "strategy: {type: combined, aggregate: {type: geometricMedian, iterations: 3}}\n"
                    + "compression: {values: float32, topK: 0.3}");

    @TempDir
    private Path folder;

    /** Of a model whose updates are uploaded rather than sent within a report. */
    private static RunFile job(String strategy) {
        return RunFile.parse(Housing.run().text().replace("model: linear", "model: {type: mlp, hidden: [128, 128]}")
                .replace("epochs: 5, batchSize: all, rate: 0.1",
                        "epochs: 2, batchSize: 32, rate: {type: cosine, from: 0.02, to: 0.005}")
                .replace("strategy: fedavg", strategy).replace("rounds: 50", "rounds: 4"), "run.yaml");
    }

    @Test
    void endInTheBytesOfASimulation() throws Exception {
        try (Federation federation = Federation.start(folder)) {
            for (String strategy : STRATEGIES) {
                RunFile file = job(strategy);
                String run = federation.operator().submit(file.text()).id();
                RunView end = await().atMost(HANGS).pollInterval(Duration.ofMillis(50))
                        .until(() -> federation.operator().run(run), view -> view.state().over());
                assertThat(end.state()).as(strategy + ": " + end.reason()).isEqualTo(RunState.FINISHED);

                ByteArrayOutputStream model = new ByteArrayOutputStream();
                federation.operator().model(run, model);
                assertThat(model.toByteArray()).as(strategy).isEqualTo(Housing.simulatedModel(file));
            }
        }
    }
}
