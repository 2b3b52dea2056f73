package dev.hansa.core.network;

import java.util.Collections;
import java.util.List;

/** A part of a network, with its weights and buffers. Not safe for several threads. */
abstract class Layer {
    final Signal in;
    final Signal out;

    Layer(Signal in, Signal out) {
        this.in = in;
        this.out = out;
    }

    /** Works out the values of {@code out} from those of {@code in}. */
    abstract void forward(int rows);

    /**
     * From the errors of {@code out}, which may be written over: adds to the gradient of each of its {@link #weights}, and
     * works out the errors of {@code in}.
     *
     * @param below whether anybody asks for the errors of {@code in}
     */
    abstract void backward(int rows, boolean below);

    /** In the order of the layer's tensors. */
    List<Weights> weights() {
        return Collections.emptyList();
    }
}
