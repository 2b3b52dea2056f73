package dev.hansa.core.network;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.privacy.rows.PrivateGradient;
import dev.hansa.core.protocol.LocalTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Layers one behind the other, with buffers for some rows that are made once: training allocates nothing. Not safe for
 * several threads.
 */
public final class Network {
    private final int capacity;
    private final Layer[] layers;
    private final OutputLoss loss;
    private final Weights[] weights;
    /** The very one of the values that were loaded last: such are compared at no cost. */
    private Layout layout;
    private final Signal input;
    private final Signal output;
    /** Whether rows pass together though each has a gradient of its own. */
    private boolean apart;

    /** @param capacity the rows that pass at once */
    Network(int capacity, List<Layer> layers, OutputLoss loss) {
        this.capacity = capacity;
        this.layers = layers.toArray(new Layer[0]);
        this.loss = loss;
        this.weights = layers.stream().flatMap(layer -> layer.weights().stream()).toArray(Weights[]::new);
        this.layout = new Layout(Arrays.stream(weights).map(one -> one.shape).collect(Collectors.toList()));
        this.input = layers.get(0).in;
        this.output = layers.get(layers.size() - 1).out;
    }

    /** The rows that {@link #forward} takes at most. */
    public int capacity() {
        return capacity;
    }

    /** Takes the values of the parameters. */
    public void load(Parameters parameters) {
        parameters.requireSameLayout(layout);
        layout = parameters.layout();
        parameters.read((offset, values, from, length) -> {
            int at = from;
            for (Weights one : weights) {
                one.load(values, at);
                at += one.values.length;
            }
        });
    }

    /**
     * A copy of the values of now.
     *
     * @param values to be written over, of as many; whoever gave them lets go of them
     */
    public Parameters store(float[] values) {
        int at = 0;
        for (Weights one : weights) {
            one.store(values, at);
            at += one.values.length;
        }
        return Parameters.owning(layout, values);
    }

    /**
     * Begins a training from the values of now.
     *
     * @param correction is added to each gradient
     * @param fixed      the names of tensors that no step changes
     */
    public void begin(LocalTraining training, int batch, Optional<Parameters> correction, Set<String> fixed) {
        boolean plain = batch <= capacity && training.momentum() == 0 && training.weightDecay() == 0
                && training.proximalMu() == 0 && !training.clipNorm().isPresent() && !correction.isPresent()
                && !training.privacy().isPresent();
        apart = training.privacy().isPresent() && Arrays.stream(layers).allMatch(Layer::tellsRowsApart);
        List<Weights> moving = new ArrayList<>();
        for (Weights one : weights) {
            one.begin(training, plain, fixed.contains(one.shape.name()), apart);
            if (!one.isFixed()) {
                moving.add(one);
            }
        }
        correction.ifPresent(values -> moving.forEach(one -> values.read(layout.offset(one.shape.name()),
                layout.offset(one.shape.name()) + one.values.length,
                (offset, source, from, length) -> one.correct(source, from))));
    }

    /**
     * One step along the mean gradient over the batch {@code order[from .. to)}.
     *
     * @param rows    row-major, of so many inputs each
     * @param targets one a row
     * @return the sum of the loss over the batch, before the step
     */
    public double step(LocalTraining training, float[] rows, float[] targets, int[] order, int from, int to) {
        for (Weights one : weights) {
            one.begin(training, to - from);
        }
        double sum = 0;
        for (int begin = from; begin < to; begin += capacity) {
            sum += pass(rows, targets, order, begin, Math.min(to, begin + capacity));
        }
        follow(training);
        return sum;
    }

    /** How many values the steps of this training change. */
    public int moving() {
        return Arrays.stream(weights).mapToInt(Weights::moving).sum();
    }

    /**
     * One step that hides each row.
     *
     * @param inputs   row-major, of so many each
     * @param gradient that has drawn the rows
     * @param drawn    how many
     */
    public void step(LocalTraining training, float[] inputs, float[] targets, PrivateGradient gradient, int drawn) {
        for (Weights one : weights) {
            one.begin(training, 1);
        }
        int together = apart ? capacity : 1;
        for (int from = 0; from < drawn; from += together) {
            int to = Math.min(drawn, from + together);
            pass(inputs, targets, gradient.rows(), from, to);
            for (int row = 0; row < to - from && apart; row++) {
                addGradient(gradient, row);
            }
            if (!apart) {
                addGradient(gradient);
            }
        }
        int at = 0;
        for (Weights one : weights) {
            one.take(gradient, at);
            at += one.moving();
        }
        follow(training);
    }

    /** Adds what is now the gradient, of one row, and empties it. */
    private void addGradient(PrivateGradient sum) {
        double factor = sum.factor(squaredGradient());
        int at = 0;
        for (Weights one : weights) {
            one.giveTo(sum, at, factor);
            at += one.moving();
        }
    }

    /** Adds that of one row of those that have passed together. */
    private void addGradient(PrivateGradient sum, int row) {
        double squared = 0;
        for (Layer layer : layers) {
            squared += layer.squaredGradient(row);
        }
        double factor = sum.factor(squared);
        int at = 0;
        for (Layer layer : layers) {
            if (factor != 0) {
                layer.giveGradient(row, factor, sum, at);
            }
            for (Weights one : layer.weights()) {
                at += one.moving();
            }
        }
    }

    private void follow(LocalTraining training) {
        if (training.clipNorm().isPresent()) {
            clip(training.clipNorm().getAsDouble());
        }
        for (Weights one : weights) {
            one.step(training);
        }
    }

    private double squaredGradient() {
        double squared = 0;
        for (Weights one : weights) {
            squared += one.squaredGradient();
        }
        return squared;
    }

    private void clip(double most) {
        double norm = Math.sqrt(squaredGradient());
        if (norm > most) {
            for (Weights one : weights) {
                one.scaleGradient((float) (most / norm));
            }
        }
    }

    private double pass(float[] rows, float[] targets, int[] order, int from, int to) {
        for (int i = from; i < to; i++) {
            System.arraycopy(rows, order[i] * input.width, input.values, (i - from) * input.width, input.width);
        }
        for (Layer layer : layers) {
            layer.forward(to - from);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += loss.gradient(output, i - from, targets[order[i]]);
        }
        for (int i = layers.length - 1; i >= 0; i--) {
            layers[i].backward(to - from, i > 0);
        }
        return sum;
    }

    /**
     * The outputs of the rows {@code [from .. to)}, of which there are at most {@link #capacity}; valid until the next
     * call.
     */
    public float[] forward(float[] rows, int from, int to) {
        System.arraycopy(rows, from * input.width, input.values, 0, (to - from) * input.width);
        for (Layer layer : layers) {
            layer.forward(to - from);
        }
        return output.values;
    }
}
