package dev.hansa.server.http;

import static dev.hansa.server.TestNode.error;
import static dev.hansa.server.http.SampleReports.described;
import static dev.hansa.server.http.SampleReports.evaluated;
import static dev.hansa.server.http.SampleReports.fitted;
import static dev.hansa.server.http.SampleReports.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.proto.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator on a small disk of its own, in memory; only where the tests may mount one. */
@Timeout(60)
class FullDiskTest {
    @TempDir
    Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString());
        assumeTrue(mounted, "no disk can be mounted here, so that none gets full");
    }

    @AfterEach
    void unmount() throws Exception {
        assertThat(!mounted || succeeds("umount", disk.toString())).isTrue();
    }

    @Test
    void aDiskThatFillsUpInMidRoundPausesTheRunUntilThereIsRoom() throws IOException {
        try (TestCoordinator coordinator = new TestCoordinator(disk.resolve("data"))) {
            String run = coordinator.submit(TestCoordinator.RUN).id();
            List<TestNode> nodes = List.of(TestNode.join(coordinator, "alice", "numbers"),
                    TestNode.join(coordinator, "bob", "numbers"));
            nodes.forEach(node -> node.report(node.nextTask().getId(), described()));
            List<Task> tasks = nodes.stream().map(TestNode::nextTask).toList();
            byte[] update = update(1);
            nodes.getFirst().upload(tasks.getFirst().getId(), update);

            Path filler = disk.resolve("filler");
            fill(filler);
            HttpResponse<byte[]> turnedAway = nodes.getLast().upload(tasks.getLast().getId(), update(2));
            assertThat(error(turnedAway)).isEqualTo("503 busy");
            assertThat(turnedAway.headers().firstValue("Retry-After")).isPresent();
            assertThat(coordinator.run(run).waitsFor()).startsWith("room: the disk of the coordinator is full");
            assertThat(ready(coordinator)).isEqualTo("503 {\"reason\":\"the disk is full\",\"status\":\"not ready\"}");

            Files.delete(filler);
            assertThat(coordinator.run(run).waitsFor()).isNull();
            assertThat(ready(coordinator)).isEqualTo("200 {\"status\":\"ready\"}");
            assertThat(nodes.getFirst().report(tasks.getFirst().getId(), fitted(update)).statusCode()).isEqualTo(204);
            nodes.getLast().upload(tasks.getLast().getId(), update(2));
            assertThat(nodes.getLast().report(tasks.getLast().getId(), fitted(update(2))).statusCode()).isEqualTo(204);
            nodes.forEach(node -> node.report(node.nextTask().getId(), evaluated()));
            coordinator.await(run, RunEvent.RoundCommitted.class);
            assertThat(coordinator.events(run, 0)).noneMatch(
                    event -> event.event() instanceof RunEvent.RoundAbandoned);
        }
    }

    private static String ready(TestCoordinator coordinator) {
        HttpResponse<byte[]> answer = coordinator.https().send("GET", Endpoints.READY, BodyPublishers.noBody());
        return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static void fill(Path filler) {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] piece = new byte[4096];
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
