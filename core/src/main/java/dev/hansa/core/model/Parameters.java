package dev.hansa.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Named tensors over one contiguous {@code float[]}, immutable to callers.
 *
 * <p>Everything a federation sends or stores is one: the model, an update, an optimiser's memory.
 */
public final class Parameters implements ParameterSource {
    private final Layout layout;
    private final float[] values;

    private Parameters(Layout layout, float[] values) {
        if (values.length != layout.size()) {
            throw new IllegalArgumentException(
                    "got " + values.length + " values, but the layout holds " + layout.size());
        }
        this.layout = layout;
        this.values = values;
    }

    /** All values are zero. */
    public static Parameters zeros(Layout layout) {
        return new Parameters(layout, new float[layout.size()]);
    }

    /** A copy of the values. */
    public static Parameters of(Layout layout, float... values) {
        return new Parameters(layout, values.clone());
    }

    /**
     * The values themselves, not a copy: for hot paths whose caller made the array and lets go of it.
     */
    public static Parameters owning(Layout layout, float[] values) {
        return new Parameters(layout, values);
    }

    /** All of the source, in memory. */
    public static Parameters load(ParameterSource source) {
        if (source instanceof Parameters parameters) {
            return parameters;
        }
        float[] values = new float[source.layout().size()];
        source.read((offset, block, from, length) -> System.arraycopy(block, from, values, offset, length));
        return new Parameters(source.layout(), values);
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public void read(BlockReader reader) {
        read(0, values.length, reader);
    }

    @Override
    public void read(int begin, int end, BlockReader reader) {
        reader.accept(begin, values, begin, end - begin);
    }

    @Override
    public Parameters opened() {
        return this;
    }

    @Override
    public boolean isInMemory() {
        return true;
    }

    /** The number of values. */
    public int size() {
        return values.length;
    }

    /** The value at the place in the layout. */
    public float get(int index) {
        return values[index];
    }

    /** A copy of all values. */
    public float[] toArray() {
        return values.clone();
    }

    /** Copies all values to the start of the target, which may be longer. */
    public void copyTo(float[] target) {
        System.arraycopy(values, 0, target, 0, values.length);
    }

    /** Value by value {@code this + other}. */
    public Parameters plus(Parameters other) {
        return plusTimes(1, other);
    }

    /** Value by value {@code this - other}. */
    public Parameters minus(Parameters other) {
        requireSameLayout(other.layout);
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] - other.values[i];
        }
        return new Parameters(layout, result);
    }

    /**
     * Value by value {@code this - other}, written over these very values: for hot paths whose caller alone has them, and has
     * no more use for them.
     */
    public Parameters intoDifference(Parameters other) {
        requireSameLayout(other.layout);
        for (int i = 0; i < values.length; i++) {
            values[i] -= other.values[i];
        }
        return this;
    }

    /** The very values, not a copy, to be written over: for hot paths where nobody has any more use for these parameters. */
    public float[] surrendered() {
        return values;
    }

    /** Value by value {@code this * factor}. */
    public Parameters times(double factor) {
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (factor * values[i]);
        }
        return new Parameters(layout, result);
    }

    /** Value by value {@code this + factor * other}, rounded once. */
    public Parameters plusTimes(double factor, ParameterSource other) {
        requireSameLayout(other.layout());
        float[] result = new float[values.length];
        other.read((offset, block, from, length) -> {
            for (int i = 0; i < length; i++) {
                result[offset + i] = (float) (values[offset + i] + factor * block[from + i]);
            }
        });
        return new Parameters(layout, result);
    }

    /** The Euclidean norm over all tensors. */
    public double l2Norm() {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /** Whether no value is infinite or not a number. */
    public boolean isFinite() {
        return Finite.are(values, 0, values.length);
    }

    /** The named tensors alone, in this layout's order. */
    public Parameters select(Set<String> names) {
        names.forEach(layout::tensor);
        List<TensorShape> chosen = layout.tensors().stream().filter(tensor -> names.contains(tensor.name()))
                .collect(Collectors.toList());
        Layout selected = new Layout(chosen);
        float[] result = new float[selected.size()];
        int to = 0;
        for (TensorShape tensor : chosen) {
            System.arraycopy(values, layout.offset(tensor.name()), result, to, tensor.size());
            to += tensor.size();
        }
        return new Parameters(selected, result);
    }

    /**
     * Of that layout: the other's tensors where it has one of the name, and this one's.
     *
     * @throws IllegalArgumentException if neither has a tensor of the layout, or it has another shape
     */
    public Parameters with(Parameters other, Layout whole) {
        float[] result = new float[whole.size()];
        int to = 0;
        for (TensorShape tensor : whole.tensors()) {
            Parameters source = other.layout.tensors().contains(tensor) ? other : this;
            if (!source.layout.tensor(tensor.name()).equals(tensor)) {
                throw new IllegalArgumentException("expected the tensor " + tensor + ", got "
                        + source.layout.tensor(tensor.name()));
            }
            System.arraycopy(source.values, source.layout.offset(tensor.name()), result, to, tensor.size());
            to += tensor.size();
        }
        return new Parameters(whole, result);
    }

    /**
     * @throws IllegalArgumentException naming both layouts if they differ
     */
    public void requireSameLayout(Layout other) {
        if (!layout.equals(other)) {
            throw new IllegalArgumentException("expected the tensors " + layout + ", got " + other);
        }
    }

    /** Equal layouts and bit-wise equal values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && layout.equals(that.layout) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * layout.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Parameters[" + values.length + " values, l2 " + l2Norm() + "]";
    }
}
