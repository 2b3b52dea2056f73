package dev.hansa.core.learn;

import dev.hansa.core.data.Preprocessing.Scale;
import dev.hansa.core.model.Sums;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns sums over standardised labels into sums in the label's own unit; the loss stays in the model's. Labels are not
 * moved back by the mean, which would cost digits and change no metric.
 */
public final class LabelUnits {

    private LabelUnits() {}

    /**
     * The sums in the label's unit.
     *
     * @param label by which the labels were standardised
     */
    public static Sums of(Scale label, Sums sums) {
        if (label.equals(Scale.IDENTITY) || !sums.values().containsKey(Sums.SQUARED_ERROR)) {
            return sums;
        }
        double deviation = label.deviation();
        Map<String, Double> result = new TreeMap<>(sums.values());
        result.put(Sums.SQUARED_ERROR, sums.get(Sums.SQUARED_ERROR) * deviation * deviation);
        result.put(Sums.ABSOLUTE_ERROR, sums.get(Sums.ABSOLUTE_ERROR) * deviation);
        result.put(Sums.LABEL, sums.get(Sums.LABEL) * deviation);
        result.put(Sums.LABEL_SQUARED, sums.get(Sums.LABEL_SQUARED) * deviation * deviation);
        return Sums.of(result);
    }
}
