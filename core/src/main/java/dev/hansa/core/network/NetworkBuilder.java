package dev.hansa.core.network;

import dev.hansa.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/** Puts layers one behind the other. */
public final class NetworkBuilder {
    private final Kernels kernels;
    private final int capacity;
    private final List<Layer> layers = new ArrayList<>();
    private Signal last;

    /**
     * @param capacity the rows that pass at once
     * @param inputs   the values a row
     */
    public NetworkBuilder(Kernels kernels, int capacity, int inputs) {
        this.kernels = kernels;
        this.capacity = capacity;
        this.last = new Signal(capacity, inputs);
    }

    /** A fully connected layer of so many outputs. */
    public NetworkBuilder dense(String name, int outputs, boolean rectified) {
        Signal out = new Signal(capacity, outputs);
        return add(new Dense(kernels, name, last, out, rectified));
    }

    /**
     * Convolutions, each with ReLU and the largest of two by two points behind it, over pictures whose channels come one
     * after the other; so does what comes out.
     *
     * @param filters of each convolution, from the input on
     * @param side    of the filters, odd
     */
    public NetworkBuilder convolutions(int height, int width, int channels, List<Integer> filters, int side) {
        Image image = new Image(height, width, channels);
        reorder(image, false);
        for (int i = 0; i < filters.size(); i++) {
            Image wide = image.of(filters.get(i));
            add(new Convolution(kernels, "conv" + (i + 1), last, image, new Signal(capacity, wide.size()), wide, side,
                    capacity));
            image = wide.halved();
            add(new MaxPool(last, wide, new Signal(capacity, image.size())));
        }
        return reorder(image, true);
    }

    private NetworkBuilder reorder(Image image, boolean apart) {
        return image.channels() == 1 || image.height() * image.width() == 1 ? this
                : add(new Reordered(last, new Signal(capacity, last.width), image, apart));
    }

    private NetworkBuilder add(Layer layer) {
        layers.add(layer);
        last = layer.out;
        return this;
    }

    /** The network of the layers so far. */
    public Network with(OutputLoss loss) {
        return new Network(capacity, List.copyOf(layers), loss);
    }
}
