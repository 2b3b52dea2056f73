package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.model.TensorShape;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.LocalTraining;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Fully connected layers with ReLU between them, normalised before it if asked for, and a loss on top: linear regression
 * and softmax regression have one layer, an MLP more.
 *
 * <p>Training computes in double precision and rounds once, at its end.
 *
 * <p>Tensors are {@code layer1.weight [out, in]}, {@code layer1.bias [out]}, … as in PyTorch, where {@code norm1.…} follow
 * if the first layer is {@linkplain BatchNormalization normalised}.
 */
final class DenseLearner implements Learner {
    private final int[] widths;
    private final boolean normalized;
    private final Loss loss;
    private final Layout layout;

    /**
     * @param widths     of the input, of each hidden layer, of the output
     * @param normalized whether there is batch normalisation behind each hidden layer
     */
    DenseLearner(List<Integer> widths, boolean normalized, Loss loss) {
        this.widths = widths.stream().mapToInt(Integer::intValue).toArray();
        this.normalized = normalized;
        this.loss = loss;
        List<TensorShape> tensors = new ArrayList<>();
        for (int layer = 1; layer < widths.size(); layer++) {
            tensors.add(TensorShape.of("layer" + layer + ".weight", this.widths[layer], this.widths[layer - 1]));
            tensors.add(TensorShape.of("layer" + layer + ".bias", this.widths[layer]));
            if (hasNorm(layer)) {
                tensors.addAll(BatchNormalization.tensors(layer, this.widths[layer]));
            }
        }
        this.layout = new Layout(tensors);
    }

    private boolean hasNorm(int layer) {
        return normalized && layer < widths.length - 1;
    }

    @Override
    public Layout layout() {
        return layout;
    }

    /**
     * Zero for one layer, whose loss is convex; otherwise uniform in ±1/√(inputs of the layer), tensor p from the stream
     * of {@code seed + p}, where the tensors of normalisations are not counted.
     */
    @Override
    public Parameters initial(Seed seed) {
        float[] values = new float[layout.size()];
        if (widths.length == 2) {
            return Parameters.owning(layout, values);
        }
        int next = 0;
        for (int layer = 1; layer < widths.length; layer++) {
            double bound = 1 / Math.sqrt(widths[layer - 1]);
            long stream = seed.value() + 2L * (layer - 1);
            next = FirstValues.fill(values, next, widths[layer - 1] * widths[layer], new Seed(stream), bound);
            next = FirstValues.fill(values, next, widths[layer], new Seed(stream + 1), bound);
            if (hasNorm(layer)) {
                float[] norm = BatchNormalization.initial(widths[layer]);
                System.arraycopy(norm, 0, values, next, norm.length);
                next += norm.length;
            }
        }
        return Parameters.owning(layout, values);
    }

    private Network network(Parameters parameters) {
        return normalized
                ? new NormalizedNetwork(widths, loss, parameters)
                : new DenseNetwork(widths, loss, parameters);
    }

    @Override
    public Trained fit(Parameters start, Examples examples, LocalTraining training, Optional<Parameters> correction,
            Set<String> fixed, Seed seed, BooleanSupplier timeIsUp) throws InterruptedException {
        requireFitting(start, examples);
        correction.ifPresent(values -> values.requireSameLayout(layout));
        int batch = StepLoop.batch(training, examples);
        if (normalized && Math.min(batch, examples.size()) < 2) {
            throw new IllegalArgumentException(
                    "batch normalisation needs the variance of each batch, and a step sees 1 row "
                            + "(batchSize " + training.batchSize() + ", " + examples.size()
                            + " rows), expected at least 2");
        }
        Network network = network(start);
        begin(network, training, correction, fixed);
        StepLoop.Done done = StepLoop.run(training, examples, seed, timeIsUp, (rows, from, to) -> {
            double sum = network.addGradient(examples, rows, from, to);
            network.step(training);
            return sum;
        });
        return trained(network, fixed, start, done);
    }

    @Override
    public Trained fitPrivately(Parameters start, Examples examples, LocalTraining training,
            Optional<Parameters> correction, Set<String> fixed, RandomBytes random, BooleanSupplier timeIsUp)
            throws InterruptedException {
        requireFitting(start, examples);
        correction.ifPresent(values -> values.requireSameLayout(layout));
        if (normalized) {
            throw new IllegalArgumentException(
                    "batch normalisation mixes the rows of a batch, so that none of them can be"
                            + " hidden by its own gradient; expected a model without it");
        }
        DenseNetwork network = new DenseNetwork(widths, loss, start);
        begin(network, training, correction, fixed);
        StepLoop.Done done =
                PrivateStepLoop.run(training, examples, network.moving(), random, timeIsUp, (gradient, drawn) -> {
                    network.addGradients(examples, gradient.rows(), drawn, gradient);
                    network.take(gradient);
                    network.step(training);
                });
        return trained(network, fixed, start, done);
    }

    private void begin(Network network, LocalTraining training, Optional<Parameters> correction, Set<String> fixed) {
        if (training.proximalMu() > 0) {
            network.anchor();
        }
        correction.ifPresent(network::correct);
        fix(fixed, network.weights());
    }

    private Trained trained(Network network, Set<String> fixed, Parameters start, StepLoop.Done done) {
        float[] trained = new float[layout.size()];
        network.store(trained);
        restore(fixed, start, trained);
        return new Trained(Parameters.owning(layout, trained), done.sums(), done.share());
    }

    /** Each part holds values of one tensor. */
    private void fix(Set<String> names, List<Weights> parts) {
        Iterator<Weights> rest = parts.iterator();
        for (TensorShape tensor : layout.tensors()) {
            for (int left = tensor.size(); left > 0;) {
                Weights part = rest.next();
                left -= part.values.length;
                if (names.contains(tensor.name())) {
                    part.fix();
                }
            }
        }
    }

    /** What changes by other means than steps stays too. */
    private void restore(Set<String> names, Parameters start, float[] trained) {
        for (String name : names) {
            int from = layout.offset(name);
            start.read(from, from + layout.tensor(name).size(),
                    (offset, values, first, length) -> System.arraycopy(values, first, trained, offset, length));
        }
    }

    @Override
    public Sums evaluate(Parameters parameters, Examples examples, Detail detail) {
        requireFitting(parameters, examples);
        if (examples.size() == 0) {
            return Sums.NONE;
        }
        Network network = network(parameters);
        Loss.Measurement measurement = loss.measurement(detail, widths[widths.length - 1]);
        for (int row = 0; row < examples.size(); row++) {
            measurement.add(network.forward(examples, row), examples.targets()[row]);
        }
        return measurement.sums();
    }

    @Override
    public float[] predict(Parameters parameters, Examples examples) {
        requireFitting(parameters, examples);
        Network network = network(parameters);
        int outputs = widths[widths.length - 1];
        float[] predictions = new float[examples.size() * outputs];
        for (int row = 0; row < examples.size(); row++) {
            double[] z = network.forward(examples, row);
            loss.predict(z);
            for (int o = 0; o < outputs; o++) {
                predictions[row * outputs + o] = (float) z[o];
            }
        }
        return predictions;
    }

    private void requireFitting(Parameters parameters, Examples examples) {
        parameters.requireSameLayout(layout);
        if (examples.width() != widths[0]) {
            throw new IllegalArgumentException(
                    "the examples have " + examples.width() + " inputs, the model " + widths[0]);
        }
    }
}
