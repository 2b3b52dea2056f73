package dev.hansa.server.http;

import static dev.hansa.server.TestNode.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.hansa.core.compress.Compressor;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.server.TestCoordinator;
import dev.hansa.server.TestNode;
import dev.hansa.spec.RunFile;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.proto.Blob;
import dev.hansa.wire.proto.ColumnStatistics;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.proto.Task;
import dev.hansa.wire.update.UpdateBlob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compressed updates that are not what they should be: named, not counted, and the round goes on. */
@Timeout(60)
class CompressedUpdatesTest {
    private static final String BYTES = "{values: int8, block: 2}";
    private static final String SQUEEZED = "{values: float16, zstd: true}";

    @TempDir
    private Path folder;

    private TestCoordinator coordinator;
    private RunSpec spec;
    private String run;
    private long modelBytes;

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Test
    void aScaleThatIsNoNumberDiscardsTheUpdate() throws IOException {
        start(BYTES);
        byte[] bad = update(1);
        ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putFloat(bad.length - 2 - 4, Float.NaN);
        assertThat(reasonOf(bad))
                .isEqualTo("its parameters are damaged: its scale 0 is NaN, expected a finite number of"
                        + " 0 or more");
    }

    @Test
    void aWrongLengthDiscardsTheUpdate() throws IOException {
        start(BYTES);
        byte[] good = update(1);
        assertThat(reasonOf(Arrays.copyOf(good, good.length - 1))).isEqualTo("its parameters are damaged: it has "
                + (good.length - 1) + " bytes, expected " + good.length + " for 2 values under this compression");
    }

    @Test
    void aBombDiscardsTheUpdate() throws IOException {
        start(SQUEEZED);
        assertThat(reasonOf(com.github.luben.zstd.Zstd.compress(new byte[1 << 20])))
                .startsWith("its parameters are damaged: it is no zstd of ").endsWith("bytes, but declares 1048576");
    }

    @Test
    void whatIsLargerThanTheCompressedModelIsNotTaken() throws IOException {
        start(BYTES);
        TestNode alice = nodes().get(0);
        byte[] large = Arrays.copyOf(update(1), update(1).length + 1);
        assertThat(error(alice.upload(alice.nextTask().getId(), large))).isEqualTo("413 too-large");
    }

    @Test
    void whatWasSavedIsInTheRecord() throws IOException {
        start(BYTES);
        List<TestNode> nodes = nodes();
        for (TestNode node : nodes) {
            report(node, update(1));
        }
        evaluate(nodes);
        coordinator.await(run, RunEvent.RoundCommitted.class);
        assertThat(coordinator.run(run).history().get(0).traffic().saved()).isPositive()
                .isEqualTo(2 * (modelBytes - update(1).length));
    }

    /** Why the update of alice, whose round bob completes, was discarded. */
    private String reasonOf(byte[] bad) throws IOException {
        List<TestNode> nodes = nodes();
        report(nodes.get(0), bad);
        report(nodes.get(1), update(1));
        evaluate(nodes);
        RunEvent.UpdateDiscarded discarded =
                (RunEvent.UpdateDiscarded) coordinator.await(run, RunEvent.UpdateDiscarded.class).event();
        assertThat(discarded.client()).isEqualTo("alice");
        coordinator.await(run, RunEvent.RoundCommitted.class);
        return discarded.reason();
    }

    private void start(String compression) {
        String text = TestCoordinator.RUN.replace("nodes: 2", "nodes: 2, minimumReports: 1") + "compression: "
                + compression + "\n";
        spec = RunFile.parse(text, "run.yaml").spec();
        coordinator = new TestCoordinator(folder);
        run = coordinator.submit(text).id();
    }

    private List<TestNode> nodes() {
        List<TestNode> nodes = List.of(TestNode.join(coordinator, "alice", "numbers"),
                TestNode.join(coordinator, "bob", "numbers"));
        ColumnStatistics statistics = ColumnStatistics.newBuilder().setCount(10).setSum(5).setSumOfSquares(3).build();
        nodes.forEach(node -> node.report(node.nextTask().getId(), Report.newBuilder().setDescribed(Report.Described
                .newBuilder().setTrainingRows(10).setHeldOutRows(2).putColumns("x", statistics)
                .putColumns("y", statistics)).build()));
        return nodes;
    }

    private void report(TestNode node, byte[] update) {
        Task task = node.nextTask();
        modelBytes = task.getFit().getParameters().getSizeBytes();
        assertThat(node.upload(task.getId(), update).statusCode()).isEqualTo(204);
        Blob blob = Blob.newBuilder().setSizeBytes(update.length)
                .setSha256(ByteString.copyFrom(Sha256.of(update).toBytes())).build();
        assertThat(node.report(task.getId(), Report.newBuilder().setFitted(Report.Fitted.newBuilder().setWeight(10)
                .putSums("examples", 10).putSums("loss", 1).setDifference(blob)).build()).statusCode()).isEqualTo(204);
    }

    private static void evaluate(List<TestNode> nodes) {
        nodes.forEach(node -> node.report(node.nextTask().getId(), Report.newBuilder()
                .setEvaluated(Report.Evaluated.newBuilder().putSums("examples", 2).putSums("loss", 1)).build()));
    }

    private byte[] update(float value) throws IOException {
        Layout layout = Learners.of(spec.model(), spec.data().schema()).layout();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        UpdateBlob.write(out,
                Compressor.compress(Parameters.of(layout, value, value), spec.compression(), new Seed(1)));
        return out.toByteArray();
    }
}
