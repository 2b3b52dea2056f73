package dev.hansa.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The name and the dimensions of one tensor; values are stored row-major (last dimension fastest).
 *
 * @param name       unique within its {@link Layout}
 * @param dimensions each at least 1; an empty list is a scalar
 */
public record TensorShape(String name, List<Integer> dimensions) {

    public TensorShape {
        if (name.trim().isEmpty()) {
            throw new IllegalArgumentException("a tensor needs a name");
        }
        dimensions = List.copyOf(dimensions);
        long size = 1;
        for (int dimension : dimensions) {
            if (dimension < 1) {
                throw new IllegalArgumentException(
                        "tensor " + name + " has the dimensions " + dimensions + ", expected each to be at least 1");
            }
            size *= dimension;
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("tensor " + name + " has the dimensions " + dimensions
                        + ", more than the " + Integer.MAX_VALUE + " values that one model may hold");
            }
        }
    }

    /** A tensor of the given dimensions. */
    public static TensorShape of(String name, int... dimensions) {
        return new TensorShape(name, Arrays.stream(dimensions).boxed().collect(Collectors.toList()));
    }

    /** The number of values. */
    public int size() {
        int size = 1;
        for (int dimension : dimensions) {
            size *= dimension;
        }
        return size;
    }
}
