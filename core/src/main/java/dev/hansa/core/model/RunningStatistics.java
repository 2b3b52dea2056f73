package dev.hansa.core.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The tensors of a model that are measured in training and not trained: running means and variances of units. Their names
 * end as in PyTorch, with {@value #MEAN} and {@value #VARIANCE}.
 *
 * <p>They are no sums of gradients, so neither a drift correction nor a server's optimiser has anything to do with them: the
 * global ones are the mean of the clients'. A mean of variances is not the variance of all rows, from which the differences
 * of the clients' means are missing.
 */
public final class RunningStatistics {
    /** What the name of a tensor of means ends with. */
    public static final String MEAN = "running_mean";
    /** What the name of a tensor of variances ends with. */
    public static final String VARIANCE = "running_var";

    private RunningStatistics() {}

    /** The same with zeros for them. */
    public static Parameters without(Parameters parameters) {
        return replaced(parameters, Parameters.zeros(parameters.layout()));
    }

    /**
     * The same, but with their mean over the clients.
     *
     * @param before     the model that was sent
     * @param difference the mean of the updates
     * @param after      the model after the round
     */
    public static Parameters averaged(Parameters before, ParameterSource difference, Parameters after) {
        return of(after.layout()).isEmpty() ? after : replaced(after, before.plusTimes(1, difference));
    }

    private static List<TensorShape> of(Layout layout) {
        return layout.tensors().stream()
                .filter(tensor -> tensor.name().endsWith(MEAN) || tensor.name().endsWith(VARIANCE))
                .collect(Collectors.toList());
    }

    /** Variances are kept from being negative, which updates that were compressed or are out of date might make of them. */
    private static Parameters replaced(Parameters parameters, Parameters source) {
        List<TensorShape> tensors = of(parameters.layout());
        if (tensors.isEmpty()) {
            return parameters;
        }
        float[] values = parameters.toArray();
        for (TensorShape tensor : tensors) {
            float least = tensor.name().endsWith(VARIANCE) ? 0 : Float.NEGATIVE_INFINITY;
            int from = parameters.layout().offset(tensor.name());
            for (int i = from; i < from + tensor.size(); i++) {
                values[i] = Math.max(least, source.get(i));
            }
        }
        return Parameters.owning(parameters.layout(), values);
    }
}
