package dev.hansa.core.aggregate;

import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Sums;

/** The updates of a round as one sum of them, each times a factor of its own. */
abstract class MeanAccumulator implements Aggregator.Accumulator {
    private final CheckedSum sum;
    private int clients;
    private Sums sums = Sums.NONE;
    private boolean finished;

    MeanAccumulator(Layout layout) {
        this.sum = new CheckedSum(layout);
    }

    /**
     * What the update is multiplied by. Changes nothing: the update may yet turn out to be unusable.
     *
     * @throws UnusableUpdateException if it cannot be told
     */
    protected abstract double factor(ModelUpdate update);

    /**
     * The update has become a part of the sum.
     *
     * @param difference of the update, which may be read
     */
    protected abstract void added(ModelUpdate update, ParameterSource difference);

    /** What comes of the sum. */
    protected abstract Aggregate finish(CheckedSum sum, int clients, Sums sums);

    @Override
    public final void add(ModelUpdate update) {
        if (finished) {
            throw new IllegalStateException("the round's mean is made");
        }
        added(update, sum.add(update, factor(update)));
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
