package dev.hansa.core.aggregate.robust;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Another rule, of the means of random buckets of updates instead of the updates: means of clients whose rows differ are
 * more alike than their updates, so that the rule takes fewer honest ones for bad. An update that is anything spoils the
 * whole bucket.
 *
 * <p>Karimireddy, He and Jaggi, <i>Byzantine-Robust Learning on Heterogeneous Datasets via Bucketing</i>, ICLR 2022,
 * Algorithm 1. Deviation: the mean of a last bucket that is not full is that of what it holds, and where the rule weighs
 * updates, so does the mean; a bucket then weighs what its updates do.
 *
 * @param size of a bucket
 * @param rule what combines the means; its f counts buckets
 * @param seed of who is in which bucket: another one each round
 */
public record Bucketing(int size, RobustRule rule, Seed seed) implements RobustRule {

    public Bucketing {
        Fewest.requireCount("size", size, 1);
    }

    @Override
    public Weighting weighting() {
        return rule.weighting();
    }

    @Override
    public boolean looksBack() {
        return rule.looksBack();
    }

    @Override
    public Bucketing in(Round round) {
        return new Bucketing(size, rule.in(round), seed.derive(round.number()));
    }

    @Override
    public Optional<String> trusts() {
        return rule.trusts();
    }

    @Override
    public Bucketing trusting(Parameters update) {
        return new Bucketing(size, rule.trusting(update), seed);
    }

    /** So many that there are as many buckets as the other rule needs. */
    @Override
    public int leastUpdates() {
        return Fewest.updates(size, rule.leastUpdates() - 1, 1);
    }

    @Override
    public Combination combined(Vectors updates) {
        return rule.combined(Buckets.of(updates, size, shuffled(updates.count())));
    }

    private int[] shuffled(int count) {
        SplittableRandom random = seed.random();
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
