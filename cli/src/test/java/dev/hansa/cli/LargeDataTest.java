package dev.hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Simulations of more rows than their heap has room for, as processes with a small one. */
class LargeDataTest extends ProcessFixture {
    private static final int HEAP_MEBIBYTES = 40;
    private static final int FEATURES = 30;
    private static final int ROWS = 200_000;
    private static final String HEADER =
            IntStream.range(0, FEATURES).mapToObj(i -> "x" + i + ",").collect(Collectors.joining()) + "y\n";
    private static final String RUN = "hansa: 1\nname: large\ndata: {features: ["
            + IntStream.range(0, FEATURES).mapToObj(i -> "x" + i).collect(Collectors.joining(", ")) + "], label: y}\n"
            + """
                    model: linear
                    rounds: 2
                    cohort: {size: 5}
                    simulation: {partition: {type: iid, clients: 1000}}
                    """;

    private Process simulate(Path csv) throws IOException {
        return start(List.of("-Xmx" + HEAP_MEBIBYTES + "m"), "simulate",
                Files.writeString(home.resolve("run.yaml"), RUN).toString(), "--data", csv.toString(), "--cache",
                home.resolve("cache").toString(), "--out", home.resolve("results").toString(), "--threads", "1");
    }

    private static String row(int number) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < FEATURES; i++) {
            row.append((number * 7 + i * number % 5) % 10).append(',');
        }
        return row.append(number % 10).append('\n').toString();
    }

    @Test
    void rowsThatAreLargerThanTheHeapAreSimulated() throws Exception {
        assertThat((FEATURES + 1L) * Double.BYTES * ROWS).isGreaterThan((long) HEAP_MEBIBYTES << 20);
        Path csv = home.resolve("all.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(csv)) {
            writer.write(HEADER);
            for (int i = 0; i < ROWS; i++) {
                writer.write(row(i));
            }
        }
        Process simulation = simulate(csv);

        assertThat(simulation.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(simulation.exitValue()).as(said("err")).isZero();
        assertThat(home.resolve("results/model.safetensors")).isNotEmptyFile();
        try (Stream<Path> kept = Files.list(home.resolve("cache"))) {
            assertThat(kept).singleElement().asString().endsWith(".rows");
        }
    }

    @Test
    void anInterruptWhileRowsAreReadLeavesNothingHalfDone() throws Exception {
        Path pipe = home.resolve("pipe.csv"); // which never ends, so that there is no other moment to meet
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Process simulation = simulate(pipe);
        Thread writer = new Thread(() -> write(pipe));
        writer.setDaemon(true);
        writer.start();
        await().atMost(LONG).until(() -> said("err").contains("reading pipe.csv: "));
        try (Stream<Path> begun = Files.list(home.resolve("cache"))) {
            assertThat(begun.map(Path::toString)).anyMatch(file -> file.contains(".part"));
        }

        send("INT", simulation, 130);
        try (Stream<Path> left = Files.list(home.resolve("cache"))) {
            assertThat(left).isEmpty();
        }
        assertThat(home.resolve("results")).doesNotExist();
        writer.join(LONG.toMillis());
        assertThat(writer.isAlive()).isFalse();
    }

    private static void write(Path pipe) {
        try (BufferedWriter writer = Files.newBufferedWriter(pipe)) {
            writer.write(HEADER);
            for (int i = 0; true; i++) {
                writer.write(row(i));
            }
        } catch (IOException e) {
            // nobody reads any more
        }
    }
}
