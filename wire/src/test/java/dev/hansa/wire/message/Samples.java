package dev.hansa.wire.message;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.data.Schema;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Values to send in tests. */
final class Samples {
    static final Schema SCHEMA = new Schema(List.of(new Column.Number("rooms", "1"),
            new Column.Category("river", "", List.of("yes", "no", ""))), new Column.Number("price", "1000 $"));
    static final DataSpec DATA = new DataSpec("housing", SCHEMA, new HoldOut.Every(5), true);
    static final Preprocessing PREPROCESSING = new Preprocessing(SCHEMA,
            List.of(new Scale(6.28, 0.7), Scale.IDENTITY), new Scale(22.5, 9.19));
    static final Parameters PARAMETERS = Parameters.of(
            Layout.of(TensorShape.of("weight", 1, 4), TensorShape.of("bias", 1)), 1, 2, 3, 4, Float.MIN_VALUE);
    static final BlobRef BLOB = new BlobRef(Sha256.of("parameters".getBytes(StandardCharsets.UTF_8)), 212);
    static final LocalTraining TRAINING = new LocalTraining(5, 10, 0.1, 0.9, 1e-4, true);

    static final Task.Fit FIT = new Task.Fit("run-1", 3, DATA, PREPROCESSING, new ModelSpec.Mlp(List.of(8, 4)),
            PARAMETERS, TRAINING, new Seed(Long.MIN_VALUE + 7));

    private Samples() {}

    /** Finds each of the given parameters under its blob, and nothing else. */
    static Function<BlobRef, Parameters> blobs(Map<BlobRef, Parameters> blobs) {
        return blob -> {
            Parameters found = blobs.get(blob);
            if (found == null) {
                throw new AssertionError("nobody should ask for " + blob);
            }
            return found;
        };
    }
}
