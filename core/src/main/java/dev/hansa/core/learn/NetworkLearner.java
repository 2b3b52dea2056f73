package dev.hansa.core.learn;

import dev.hansa.core.data.Examples;
import dev.hansa.core.kernel.Kernels;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.network.Network;
import dev.hansa.core.network.NetworkPlan;
import dev.hansa.core.network.OutputLoss;
import dev.hansa.core.privacy.noise.RandomBytes;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.LocalTraining;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Networks in single precision. The same arguments give the same bytes on every machine with the same
 * {@link dev.hansa.core.kernel.Kernels}; others differ by rounding.
 *
 * <p>A network is made for each thread that trains, and then used again.
 */
final class NetworkLearner implements Learner {
    private final Supplier<Network> networks;
    /** Those that nobody trains just now. */
    private final Queue<Network> idle = new ConcurrentLinkedQueue<>();
    /** What trainings may write their results over. */
    private final SpareValues spare;
    private final Loss loss;
    private final Layout layout;
    private final long bufferBytes;
    private final int inputs;
    private final int outputs;
    private final Function<Seed, Parameters> initial;

    /** @param convex whether a run begins at zero */
    NetworkLearner(NetworkPlan plan, OutputLoss trained, Loss loss, boolean convex) {
        this.networks = () -> plan.make(Kernels.best(), trained);
        this.loss = loss;
        this.initial = convex ? seed -> Parameters.zeros(plan.layout()) : plan::initial;
        this.layout = plan.layout();
        this.spare = new SpareValues(layout.size());
        this.bufferBytes = plan.bufferBytes();
        this.inputs = plan.inputs();
        this.outputs = plan.outputs();
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public long bufferBytes() {
        return bufferBytes;
    }

    @Override
    public Parameters initial(Seed seed) {
        return initial.apply(seed);
    }

    @Override
    public Trained fit(Parameters start, Examples examples, LocalTraining training, Optional<Parameters> correction,
            Set<String> fixed, Seed seed, BooleanSupplier timeIsUp) throws InterruptedException {
        requireFitting(start, examples);
        correction.ifPresent(values -> values.requireSameLayout(layout));
        Network network = borrow();
        network.load(start);
        network.begin(training, StepLoop.batch(training, examples), correction, fixed);
        StepLoop.Done done = StepLoop.run(training, examples, seed, timeIsUp, (rows, from, to) -> network
                .step(training, examples.inputs(), examples.targets(), rows, from, to));
        Trained trained = new Trained(network.store(spare.take()), done.sums(), done.share());
        idle.add(network);
        return trained;
    }

    @Override
    public Trained fitPrivately(Parameters start, Examples examples, LocalTraining training,
            Optional<Parameters> correction, Set<String> fixed, RandomBytes random, BooleanSupplier timeIsUp)
            throws InterruptedException {
        requireFitting(start, examples);
        correction.ifPresent(values -> values.requireSameLayout(layout));
        Network network = borrow();
        network.load(start);
        network.begin(training, examples.size(), correction, fixed);
        StepLoop.Done done = PrivateStepLoop.run(training, examples, network.moving(), random, timeIsUp,
                (gradient, drawn) -> network.step(training, examples.inputs(), examples.targets(), gradient, drawn));
        Trained trained = new Trained(network.store(spare.take()), done.sums(), done.share());
        idle.add(network);
        return trained;
    }

    @Override
    public void reuse(Parameters trained) {
        spare.give(trained.surrendered());
    }

    @Override
    public Sums evaluate(Parameters parameters, Examples examples, Detail detail) {
        requireFitting(parameters, examples);
        if (examples.size() == 0) {
            return Sums.NONE;
        }
        Loss.Measurement measurement = loss.measurement(detail, outputs);
        eachOutput(parameters, examples, (z, row) -> measurement.add(z, examples.targets()[row]));
        return measurement.sums();
    }

    @Override
    public float[] predict(Parameters parameters, Examples examples) {
        requireFitting(parameters, examples);
        float[] predictions = new float[examples.size() * outputs];
        eachOutput(parameters, examples, (z, row) -> {
            loss.predict(z);
            for (int o = 0; o < outputs; o++) {
                predictions[row * outputs + o] = (float) z[o];
            }
        });
        return predictions;
    }

    private void eachOutput(Parameters parameters, Examples examples, RowReader reader) {
        Network network = borrow();
        network.load(parameters);
        double[] z = new double[outputs];
        for (int from = 0; from < examples.size(); from += network.capacity()) {
            int to = Math.min(examples.size(), from + network.capacity());
            float[] values = network.forward(examples.inputs(), from, to);
            for (int row = from; row < to; row++) {
                for (int o = 0; o < outputs; o++) {
                    z[o] = values[(row - from) * outputs + o];
                }
                reader.read(z, row);
            }
        }
        idle.add(network);
    }

    private interface RowReader {
        void read(double[] z, int row);
    }

    private Network borrow() {
        Network found = idle.poll();
        return found == null ? networks.get() : found;
    }

    private void requireFitting(Parameters parameters, Examples examples) {
        parameters.requireSameLayout(layout);
        if (examples.width() != inputs) {
            throw new IllegalArgumentException(
                    "the examples have " + examples.width() + " inputs, the model " + inputs);
        }
    }
}
