package dev.hansa.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansa.spec.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo, as a person starts it. */
class DemoIT {
    /** Five percent above the closed form on the pooled rows, 4.51. */
    private static final double BAR = 4.74;
    /** Least squares on the pooled training rows, measured on the held-out rows. */
    private static final double POOLED_CLOSED_FORM = 4.514;

    @TempDir
    private Path folder;

    @Test
    void togetherTheTownsAreAsGoodAsWithMergedData() throws Exception {
        JsonNode result = demo();
        JsonNode rmse = result.get("rmse");
        assertThat(rmse.get("federated").asDouble()).isLessThanOrEqualTo(BAR)
                .isLessThan(rmse.get("aliceAlone").asDouble())
                .isLessThan(rmse.get("bobAlone").asDouble());
        assertThat(rmse.get("pooled").asDouble()).isLessThan(BAR);
        assertThat(result.get("rounds").asInt()).isEqualTo(50);
        assertThat(result.get("seconds").asDouble()).isPositive();

        assertThat(Files.readString(folder.resolve("hansa-demo/report.html"))).contains("Alice alone", "<svg");
        assertThat(Files.readString(folder.resolve("hansa-demo/metrics.csv"))).startsWith("round,");
        assertThat(ModelFile.read(folder.resolve("hansa-demo/model.safetensors")).round()).isEqualTo(50);
    }

    @Test
    void aNeuralNetworkTrainedTogetherBeatsTheLinearModelOnMergedData() throws Exception {
        assertThat(demo("--model", "mlp").get("rmse").get("federated").asDouble()).isLessThan(POOLED_CLOSED_FORM);
    }

    @Test
    void whatItStartedEndsWithIt() throws Exception {
        try (HansaProcess demo = start("--keep")) {
            await().atMost(Duration.ofMinutes(2)).until(() -> demo.log().contains("Ctrl-C stops them"));
            List<ProcessHandle> children = demo.descendants();
            assertThat(children).hasSize(3);
            demo.ask();
            assertThat(demo.exitCode()).isEqualTo(143);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(keptByProcesses()).as("keys").isEmpty();
        }
    }

    @Test
    void anInterruptAtTheTerminalEndsItAtOnce() throws Exception {
        try (HansaProcess demo = start()) {
            await().atMost(Duration.ofMinutes(2)).until(() -> demo.descendants().size() == 3);
            List<ProcessHandle> children = demo.descendants();
            demo.interrupt();
            assertThat(demo.exitCode()).isEqualTo(130);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(keptByProcesses()).as("keys").isEmpty();
            assertThat(demo.log()).doesNotContain("Exception").doesNotContain("ended by itself");
        }
    }

    private List<Path> keptByProcesses() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("hansa-demo"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("processes-")).toList();
        }
    }

    @Test
    void whatItStartedEndsEvenIfItIsKilled() throws Exception {
        try (HansaProcess demo = start()) {
            await().atMost(Duration.ofMinutes(2)).until(() -> demo.descendants().size() == 3);
            List<ProcessHandle> children = demo.descendants();
            demo.kill();
            await().atMost(Duration.ofMinutes(1)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    private JsonNode demo(String... options) throws IOException, InterruptedException {
        try (HansaProcess demo = start(options)) {
            return JsonMapper.shared().readTree(demo.lastLine(0));
        }
    }

    private HansaProcess start(String... options) throws IOException {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "demo";
        arguments[1] = "--json";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return HansaProcess.start(folder, folder.resolve("demo.log"), arguments);
    }
}
