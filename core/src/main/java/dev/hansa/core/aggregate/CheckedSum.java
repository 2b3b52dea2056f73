package dev.hansa.core.aggregate;

import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The weighted sum of updates, each of which is added whole or not at all.
 *
 * <p>As long as all are usable, one that lies elsewhere is read once: its values are checked while they are added. The first
 * that is not spoils the sum, which is then made anew of those before it; from then on updates are checked before they are
 * added, so that nobody can make this happen again and again. Updates in memory are checked before from the start, for
 * reading them twice costs little, and keeping them for such a case would cost much.
 */
final class CheckedSum {
    private final Layout layout;
    private final RunningSum sum;
    /** All that the sum holds, while it is trusting. */
    private final List<Added> added = new ArrayList<>();
    private boolean trusting = true;
    private boolean spoilt;

    CheckedSum(Layout layout) {
        this.layout = layout;
        this.sum = new RunningSum(layout);
    }

    private record Added(ParameterSource difference, double factor) {}

    /**
     * Adds the factor times all values.
     *
     * @return the update's difference, opened
     * @throws UnusableUpdateException as {@link Aggregator.Accumulator#add} does
     */
    ParameterSource add(ModelUpdate update, double factor) {
        restore();
        if (update.difference().isInMemory()) {
            distrust();
        }
        if (!trusting) {
            ParameterSource difference = Usable.difference(update, layout);
            sum.add(difference, factor);
            return difference;
        }
        ParameterSource difference = Usable.checked(update, layout, values -> {
            spoilt = true;
            sum.add(values, factor);
            spoilt = false;
        });
        added.add(new Added(update.difference(), factor));
        return difference;
    }

    private void restore() {
        if (spoilt) {
            sum.clear();
            added.forEach(each -> sum.add(each.difference.opened(), each.factor));
            spoilt = false;
            distrust();
        }
    }

    private void distrust() {
        trusting = false;
        added.clear();
    }

    /** The sum divided by the weight, rounded once. The sum is gone with this call. */
    ParameterSource takeMean(double weight) {
        restore();
        added.clear();
        return sum.takeMean(weight);
    }
}
