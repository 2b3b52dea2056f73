package dev.hansa.core.network;

import dev.hansa.core.model.TensorShape;
import java.util.List;

/** A trained vector for each code; of a row's codes the vectors one step after the other, in each row by row. */
final class Embedding extends Layer {
    private final Weights vectors;
    private final int steps;
    private final int size;

    /** {@code name.weight [codes, size]} */
    static List<TensorShape> tensors(String name, int codes, int size) {
        return List.of(TensorShape.of(name + ".weight", codes, size));
    }

    /** @param in codes, whole numbers below their number */
    Embedding(List<TensorShape> tensors, Signal in, Signal out) {
        super(in, out);
        this.vectors = new Weights(tensors.get(0), true);
        this.steps = in.width;
        this.size = tensors.get(0).dimensions().get(1);
    }

    @Override
    void forward(int rows) {
        for (int step = 0, to = 0; step < steps; step++) {
            for (int row = 0; row < rows; row++, to += size) {
                System.arraycopy(vectors.values, vector(row, step), out.values, to, size);
            }
        }
    }

    /** Where that of the row's code begins. */
    private int vector(int row, int step) {
        int code = (int) in.values[row * steps + step];
        return code * size;
    }

    /** Codes have no errors: nothing is below. */
    @Override
    void backward(int rows, boolean below) {
        if (vectors.isFixed()) {
            return;
        }
        float[] target = vectors.target();
        float scale = vectors.scale();
        for (int step = 0, from = 0; step < steps; step++) {
            for (int row = 0; row < rows; row++, from += size) {
                int to = vector(row, step);
                for (int i = 0; i < size; i++) {
                    target[to + i] += scale * out.errors[from + i];
                }
            }
        }
    }

    @Override
    List<Weights> weights() {
        return List.of(vectors);
    }
}
