package dev.hansa.core.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tensors of a model in the order in which their values lie one behind the other.
 *
 * @param tensors names are unique; together at most {@link Integer#MAX_VALUE} values
 */
public record Layout(List<TensorShape> tensors) {

    public Layout {
        tensors = List.copyOf(tensors);
        Set<String> names = new HashSet<>();
        long size = 0;
        for (TensorShape tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("two tensors are called " + tensor.name());
            }
            size += tensor.size();
        }
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the tensors hold " + size + " values, more than the " + Integer.MAX_VALUE + " of one model");
        }
    }

    /** The given tensors, in this order. */
    public static Layout of(TensorShape... tensors) {
        return new Layout(List.of(tensors));
    }

    /** The number of values of all tensors. */
    public int size() {
        int size = 0;
        for (TensorShape tensor : tensors) {
            size += tensor.size();
        }
        return size;
    }

    /** Where the values of the tensor begin. */
    public int offset(String name) {
        int offset = 0;
        for (TensorShape tensor : tensors) {
            if (tensor.name().equals(name)) {
                return offset;
            }
            offset += tensor.size();
        }
        throw noSuchTensor(name);
    }

    /** The shape of the tensor. */
    public TensorShape tensor(String name) {
        for (TensorShape tensor : tensors) {
            if (tensor.name().equals(name)) {
                return tensor;
            }
        }
        throw noSuchTensor(name);
    }

    private IllegalArgumentException noSuchTensor(String name) {
        return new IllegalArgumentException("no tensor is called " + name + "; there are "
                + tensors.stream().map(TensorShape::name).collect(Collectors.toList()));
    }
}
