package dev.hansa.cli.audit;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.data.Examples;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.privacy.audit.LikelihoodRatio;

/** How sure a model is of each audited row's label: higher where its loss is lower. */
final class Confidences {
    /** Errors below it are as good as none. */
    private static final double LEAST_ERROR = 1e-6;

    private Confidences() {}

    /** By number of the row. */
    static double[] of(Checkpoint model, Learner learner, AuditedRows rows) {
        double[] all = new double[rows.size()];
        rows.parts().values().forEach(part -> {
            Examples examples = model.preprocessing().apply(part.table(), part.rows());
            if (examples.size() > 0) {
                float[] outputs = learner.predict(model.state().parameters(), examples);
                int width = outputs.length / examples.size();
                for (int i = 0; i < examples.size(); i++) {
                    all[part.first() + i] = width == 1
                            ? ofNumber(outputs[i] - examples.targets()[i])
                            : ofClass(outputs, i * width, width, (int) examples.targets()[i]);
                }
            }
        });
        return all;
    }

    private static double ofNumber(double error) {
        return -Math.log(Math.abs(error) + LEAST_ERROR);
    }

    private static double ofClass(float[] outputs, int from, int width, int right) {
        double[] probabilities = new double[width];
        for (int i = 0; i < width; i++) {
            probabilities[i] = outputs[from + i];
        }
        return LikelihoodRatio.confidence(probabilities, right);
    }
}
