package dev.hansa.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several parameters travelling as one: the tensors of each part are called {@code part/tensor}.
 */
public final class Bundle {
    private static final char SEPARATOR = '/';

    private Bundle() {}

    /** The layout of a bundle with parts of these layouts, in this order. */
    public static Layout layout(Map<String, Layout> parts) {
        List<TensorShape> tensors = new ArrayList<>();
        parts.forEach((part, layout) -> layout.tensors()
                .forEach(shape -> tensors.add(new TensorShape(part + SEPARATOR + shape.name(), shape.dimensions()))));
        return new Layout(tensors);
    }

    /** The parts as one, in this order; computed as it is read, which saves a copy. */
    public static ParameterSource of(Map<String, ? extends ParameterSource> parts) {
        Map<String, Layout> layouts = new LinkedHashMap<>();
        parts.forEach((part, source) -> layouts.put(part, source.layout()));
        return new Joined(layout(layouts), List.copyOf(parts.values()));
    }

    /** All tensors of the part, by their own names; none if there is no such part. */
    public static Parameters part(String part, ParameterSource bundle) {
        String prefix = part + SEPARATOR;
        Layout all = bundle.layout();
        List<TensorShape> tensors = all.tensors().stream().filter(shape -> shape.name().startsWith(prefix))
                .collect(Collectors.toList());
        Layout layout = new Layout(tensors.stream()
                .map(shape -> new TensorShape(shape.name().substring(prefix.length()), shape.dimensions()))
                .collect(Collectors.toList()));
        float[] values = new float[layout.size()];
        if (values.length > 0) {
            int begin = all.offset(tensors.get(0).name());
            bundle.read(begin, begin + values.length, (offset, block, from, length) -> System.arraycopy(block, from,
                    values, offset - begin, length));
        }
        return Parameters.owning(layout, values);
    }

    private record Joined(Layout layout, List<ParameterSource> parts) implements ParameterSource {
        @Override
        public void read(BlockReader reader) {
            int start = 0;
            for (ParameterSource part : parts) {
                int before = start;
                part.read((offset, values, from, length) -> reader.accept(before + offset, values, from, length));
                start += part.layout().size();
            }
        }
    }
}
