package dev.hansa.core.aggregate.robust;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.Usable;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Aggregate;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.ParameterSource;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import java.util.ArrayList;
import java.util.List;

/**
 * The updates of one round, left where they are until the last is there.
 *
 * <p>What that costs: each update is read once when it is added, to see whether it is usable, and once for each time that
 * the rule looks at all of them. An update in a file takes no memory. One that has to be decompressed as a whole (of which
 * only the largest values were sent, or which zstd has squeezed) is not kept decompressed, but decompressed anew for each
 * block, of which fewer and larger ones are read then, one after the other: n for n updates of more than a million values,
 * so that each is decompressed n times in one look. Blocks together hold up to the memory of two
 * models, the result holds one more.
 */
final class Collected implements Aggregator.Accumulator {
    private final Layout layout;
    private final RobustRule rule;
    private final List<ParameterSource> sources = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private boolean costly;
    private Sums sums = Sums.NONE;
    private boolean finished;

    Collected(Layout layout, RobustRule rule) {
        this.layout = layout;
        this.rule = rule;
    }

    @Override
    public void add(ModelUpdate update) {
        if (finished) {
            throw new IllegalStateException("the round's updates are combined");
        }
        ParameterSource difference = update.difference();
        costly |= isOther(Usable.difference(update, layout), difference);
        sources.add(difference);
        weights.add(rule.weighting() == Weighting.EXAMPLES ? update.weight() : 1);
        sums = sums.plus(update.sums());
    }

    /** Whether a source had to be opened, into memory that is let go again: so it must be for each part that is read. */
    @SuppressWarnings("ReferenceEquality") // equal values may lie elsewhere
    private static boolean isOther(ParameterSource opened, ParameterSource source) {
        return opened != source;
    }

    @Override
    public int clients() {
        return sources.size();
    }

    @Override
    public Aggregate finish() {
        if (clients() < rule.leastUpdates()) {
            throw new IllegalStateException(
                    "got " + clients() + " updates, but " + rule + " needs " + rule.leastUpdates());
        }
        finished = true;
        double[] weight = weights.stream().mapToDouble(Double::doubleValue).toArray();
        Vectors updates = UpdateVectors.of(sources, weight, costly);
        Parameters combined = rounded(rule.combined(updates), updates);
        sources.clear();
        double total = 0;
        for (double each : weight) {
            total += each;
        }
        return new Aggregate(combined, total, weight.length, sums);
    }

    private Parameters rounded(Combination combination, Vectors updates) {
        float[] values = new float[layout.size()];
        Slice.each(updates, slice -> {
            Combination.Reader reader = combination.reader();
            double[] block = new double[slice.blockSize()];
            slice.forEachBlock((begin, length) -> {
                reader.read(begin, length, block);
                for (int i = 0; i < length; i++) {
                    values[begin + i] = (float) block[i];
                }
            });
            return slice;
        });
        return Parameters.owning(layout, values);
    }
}
