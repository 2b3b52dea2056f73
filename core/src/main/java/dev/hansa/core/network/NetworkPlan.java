package dev.hansa.core.network;

import dev.hansa.core.kernel.Kernels;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.TensorShape;
import java.util.ArrayList;
import java.util.List;

/** What layers a network has, one behind the other; nothing is made before it is asked for. */
public final class NetworkPlan {
    /** Of all buffers between layers: 2 GiB for those of a network. */
    private static final long MOST_BUFFERED = 1L << 28;

    private final int capacity;
    private final int inputs;
    private final List<Step> steps = new ArrayList<>();
    private final List<TensorShape> tensors = new ArrayList<>();
    private int width;
    private long buffered;

    /**
     * @param capacity the rows that pass at once
     * @param inputs   the values a row
     */
    public NetworkPlan(int capacity, int inputs) {
        this.capacity = capacity;
        this.inputs = inputs;
        this.width = inputs;
    }

    /** Makes the layer behind what comes in. */
    @FunctionalInterface
    private interface Step {
        Layer behind(Signal in, Kernels kernels);
    }

    /** The tensors of the layers so far. */
    public Layout layout() {
        return new Layout(tensors);
    }

    /** The values a row of the input. */
    public int inputs() {
        return inputs;
    }

    /** The values a row of what the last layer puts out. */
    public int outputs() {
        return width;
    }

    /** A fully connected layer of so many outputs. */
    public NetworkPlan dense(String name, int outputs, boolean rectified) {
        tensors.addAll(Dense.tensors(name, width, outputs));
        return add(outputs, (in, kernels) -> new Dense(kernels, name, in, signal(outputs), rectified));
    }

    /**
     * Convolutions, each with ReLU and the largest of two by two points behind it, over pictures whose channels come one
     * after the other; so does what comes out.
     *
     * @param filters of each convolution, from the input on
     * @param side    of the filters, odd
     */
    public NetworkPlan convolutions(int height, int wide, int channels, List<Integer> filters, int side) {
        Image image = new Image(height, wide, channels);
        reorder(image, false);
        for (int i = 0; i < filters.size(); i++) {
            image = convolution("conv" + (i + 1), image, filters.get(i), side);
        }
        return reorder(image, true);
    }

    private Image convolution(String name, Image from, int filters, int side) {
        Image to = from.of(filters);
        tensors.addAll(Convolution.tensors(name, from.channels(), filters, side));
        add(to.size(),
                (in, kernels) -> new Convolution(kernels, name, in, from, signal(to.size()), to, side, capacity));
        add(to.halved().size(), (in, kernels) -> new MaxPool(in, to, signal(to.halved().size())));
        return to.halved();
    }

    private NetworkPlan reorder(Image image, boolean apart) {
        return image.channels() == 1 || image.height() * image.width() == 1 ? this
                : add(width, (in, kernels) -> new Reordered(in, signal(in.width), image, apart));
    }

    private NetworkPlan add(int outputs, Step step) {
        buffered += (long) capacity * outputs;
        if (buffered > MOST_BUFFERED) {
            throw new IllegalArgumentException("a row passes through layers of " + buffered / capacity
                    + " values together, expected at most " + MOST_BUFFERED / capacity);
        }
        steps.add(step);
        width = outputs;
        return this;
    }

    private Signal signal(int values) {
        return new Signal(capacity, values);
    }

    /** One network, with buffers of its own. */
    public Network make(Kernels kernels, OutputLoss loss) {
        List<Layer> layers = new ArrayList<>();
        Signal last = signal(inputs);
        for (Step step : steps) {
            Layer layer = step.behind(last, kernels);
            layers.add(layer);
            last = layer.out;
        }
        return new Network(capacity, layers, loss);
    }
}
