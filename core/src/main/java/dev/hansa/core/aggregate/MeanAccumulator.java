package dev.hansa.core.aggregate;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Sums;

/** The updates of a round as one sum of them, each times a factor of its own. */
abstract class MeanAccumulator implements Aggregator.Accumulator {
    private final Layout layout;
    private final RunningSum sum;
    private int clients;
    private Sums sums = Sums.NONE;
    private boolean finished;

    MeanAccumulator(Layout layout) {
        this.layout = layout;
        this.sum = new RunningSum(layout);
    }

    /**
     * What the update is multiplied by.
     *
     * @param difference of the update, which may be read
     * @throws UnusableUpdateException if it cannot be told: then nothing has changed
     */
    protected abstract double factor(ModelUpdate update, ParameterSource difference);

    /** What comes of the sum. */
    protected abstract Aggregate finish(RunningSum sum, int clients, Sums sums);

    @Override
    public final void add(ModelUpdate update) {
        if (finished) {
            throw new IllegalStateException("the round's mean is made");
        }
        ParameterSource difference = Usable.difference(update, layout);
        sum.add(difference, factor(update, difference));
        clients++;
        sums = sums.plus(update.sums());
    }

    @Override
    public final int clients() {
        return clients;
    }

    @Override
    public final Aggregate finish() {
        if (clients == 0) {
            throw new IllegalStateException("no update was added");
        }
        finished = true;
        return finish(sum, clients, sums);
    }
}
