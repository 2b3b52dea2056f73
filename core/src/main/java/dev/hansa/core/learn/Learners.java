package dev.hansa.core.learn;

import dev.hansa.core.data.Schema;
import dev.hansa.core.kernel.Kernels;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.ModelSpec.Precision;
import dev.hansa.core.network.Network;
import dev.hansa.core.network.NetworkBuilder;
import dev.hansa.core.network.OutputLoss;
import java.util.ArrayList;
import java.util.List;

/** Finds the learner for a model and its data. */
public final class Learners {

    /** Rows that pass through a network at once. */
    private static final int ROWS = 64;
    /** Pictures, each of which takes more room. */
    private static final int PICTURES = 32;

    private Learners() {}

    /**
     * @throws IllegalArgumentException if model and label do not fit each other
     */
    public static Learner of(ModelSpec model, Schema schema) {
        if (model instanceof ModelSpec.Linear && schema.classification()) {
            throw new IllegalArgumentException("model linear predicts a number, but the label " + schema.label().name()
                    + " is a category; use softmax or mlp");
        }
        if (model instanceof ModelSpec.Softmax && !schema.classification()) {
            throw new IllegalArgumentException("model softmax predicts a class, but the label " + schema.label().name()
                    + " is a number; use linear or mlp");
        }
        return model.precision() == Precision.SINGLE ? single(model, schema) : exact(model, schema);
    }

    private static Learner exact(ModelSpec model, Schema schema) {
        List<Integer> widths = new ArrayList<>();
        widths.add(schema.inputs());
        boolean normalized = false;
        if (model instanceof ModelSpec.Mlp mlp) {
            widths.addAll(mlp.hidden());
            normalized = mlp.normalization() == ModelSpec.Normalization.BATCH;
        }
        widths.add(schema.outputs());
        return new DenseLearner(widths, normalized, loss(schema));
    }

    private static Learner single(ModelSpec model, Schema schema) {
        if (model instanceof ModelSpec.Cnn cnn && schema.inputs() % (cnn.height() * cnn.width()) != 0) {
            throw new IllegalArgumentException("pictures of " + cnn.height() + " × " + cnn.width() + " points need "
                    + cnn.height() * cnn.width() + " inputs for each channel, the data have " + schema.inputs());
        }
        return new NetworkLearner(() -> network(model, schema), loss(schema),
                !(model instanceof ModelSpec.Mlp || model instanceof ModelSpec.Cnn));
    }

    private static Network network(ModelSpec model, Schema schema) {
        List<Integer> hidden = model instanceof ModelSpec.Mlp mlp ? mlp.hidden() : List.of();
        boolean pictures = model instanceof ModelSpec.Cnn;
        NetworkBuilder builder =
                new NetworkBuilder(Kernels.best(), pictures ? PICTURES : ROWS, schema.inputs());
        if (model instanceof ModelSpec.Cnn cnn) {
            hidden = cnn.hidden();
            builder.convolutions(cnn.height(), cnn.width(), schema.inputs() / (cnn.height() * cnn.width()),
                    cnn.filters(), cnn.side());
        }
        for (int i = 0; i < hidden.size(); i++) {
            builder.dense("layer" + (i + 1), hidden.get(i), true);
        }
        return builder.dense("layer" + (hidden.size() + 1), schema.outputs(), false)
                .with(schema.classification() ? OutputLoss.CROSS_ENTROPY : OutputLoss.SQUARED);
    }

    private static Loss loss(Schema schema) {
        return schema.classification() ? new CrossEntropy() : new SquaredError();
    }
}
