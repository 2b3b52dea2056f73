package dev.hansa.server.http;

import com.google.protobuf.ByteString;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Parameters;
import dev.hansa.server.TestCoordinator;
import dev.hansa.spec.RunFile;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.proto.Blob;
import dev.hansa.wire.proto.ColumnStatistics;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.safetensors.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;

/** What nodes of {@link TestCoordinator#RUN} could report. */
final class SampleReports {

    private SampleReports() {}

    static Report described() {
        ColumnStatistics statistics =
                ColumnStatistics.newBuilder().setCount(10).setSum(5).setSumOfSquares(3).build();
        return Report.newBuilder().setDescribed(Report.Described.newBuilder().setTrainingRows(10).setHeldOutRows(2)
                .putColumns("x", statistics).putColumns("y", statistics)).build();
    }

    static Report evaluated() {
        return Report.newBuilder()
                .setEvaluated(Report.Evaluated.newBuilder().putSums("examples", 2).putSums("loss", 1)).build();
    }

    static Report fitted(byte[] update) {
        return Report.newBuilder().setFitted(Report.Fitted.newBuilder().setWeight(10).putSums("examples", 10)
                .putSums("loss", 1).setDifference(Blob.newBuilder().setSizeBytes(update.length)
                        .setSha256(ByteString.copyFrom(Sha256.of(update).toBytes()))))
                .build();
    }

    /** An update of the run's model, each value of which is that. */
    static byte[] update(float value) {
        RunSpec spec = RunFile.parse(TestCoordinator.RUN, "run.yaml").spec();
        return blob(Parameters.of(Learners.of(spec.model(), spec.data().schema()).layout(), value, value));
    }

    /** Any parameters as a blob. */
    static byte[] blob(Parameters parameters) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SafetensorsWriter.write(out, parameters, Collections.emptySortedMap());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}
