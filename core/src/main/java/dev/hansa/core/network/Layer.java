package dev.hansa.core.network;

import dev.hansa.core.privacy.rows.PrivateGradient;
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

    /**
     * Whether the gradient of each row of a batch follows from what has passed through the layer: then {@link #backward} may
     * be asked not to add up gradients.
     */
    boolean tellsRowsApart() {
        return weights().isEmpty();
    }

    /** After a pass back: the sum of the squares of that row's gradient. Of a layer that tells rows apart. */
    double squaredGradient(int row) {
        return 0;
    }

    /** After a pass back: adds that row's gradient, times the factor, which is not 0. Of a layer that tells rows apart. */
    void giveGradient(int row, double factor, PrivateGradient sum, int at) {
        // nothing to give without weights
    }

    /** In the order of the layer's tensors. */
    List<Weights> weights() {
        return Collections.emptyList();
    }
}
