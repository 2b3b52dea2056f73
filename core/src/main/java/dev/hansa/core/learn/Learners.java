package dev.hansa.core.learn;

import dev.hansa.core.data.Schema;
import dev.hansa.core.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;

/** Finds the learner for a model and its data. */
public final class Learners {

    private Learners() {}

    /**
     * @throws IllegalArgumentException if model and label do not fit each other
     */
    public static Learner of(ModelSpec model, Schema schema) {
        List<Integer> widths = new ArrayList<>();
        widths.add(schema.inputs());
        if (model instanceof ModelSpec.Linear && schema.classification()) {
            throw new IllegalArgumentException("model linear predicts a number, but the label " + schema.label().name()
                    + " is a category; use softmax or mlp");
        }
        if (model instanceof ModelSpec.Softmax && !schema.classification()) {
            throw new IllegalArgumentException("model softmax predicts a class, but the label " + schema.label().name()
                    + " is a number; use linear or mlp");
        }
        boolean normalized = false;
        if (model instanceof ModelSpec.Mlp mlp) {
            widths.addAll(mlp.hidden());
            normalized = mlp.normalization() == ModelSpec.Normalization.BATCH;
        }
        widths.add(schema.outputs());
        return new DenseLearner(widths, normalized, schema.classification() ? new CrossEntropy() : new SquaredError());
    }
}
