package dev.hansa.core.strategy;

import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import java.util.Optional;

/**
 * Asynchronous learning: nobody waits for the slowest of a round. Each client is asked by itself, with the newest model, and
 * its update counts whenever it comes; as soon as the buffer is full the model makes a step. Nguyen et al., <i>Federated
 * Learning with Buffered Asynchronous Aggregation</i>, AISTATS 2022, Algorithm 1 (FedBuff); with a buffer of one and {@link
 * Mixing#MODELS} it is Xie, Koyejo and Gupta, <i>Asynchronous Federated Optimization</i>, 2019, Algorithm 1 (FedAsync).
 *
 * <p>What is called a round elsewhere is here the time between two steps.
 *
 * @param size      K: so many updates, each of another client, make a step; at least 1
 * @param staleness how much an update counts that began from an older model
 * @param most      an update that is older by more steps does not count at all; 0 or more
 * @param mixing    what becomes a part of the model
 */
public record Buffering(int size, Staleness staleness, int most, Mixing mixing) {
    /** However old an update is, it counts. */
    public static final int ANY_AGE = Integer.MAX_VALUE;

    /** What of a client's answer becomes a part of the model. */
    public enum Mixing {
        /** How it changed the model that it was sent, as FedBuff has it. */
        CHANGES,
        /** The model that it made, which draws the newer one back to it, as FedAsync has it. */
        MODELS
    }

    public Buffering {
        if (size < 1) {
            throw new IllegalArgumentException("a buffer of " + size + " updates, expected at least 1");
        }
        if (most < 0) {
            throw new IllegalArgumentException("most is " + most + ", expected 0 or more");
        }
    }

    /** Whether the model of which training began has to be at hand when an update comes. */
    public boolean looksBack() {
        return mixing == Mixing.MODELS;
    }

    /**
     * What the update counts for, of the newest model.
     *
     * @param steps how many steps the model made since its training began; at most {@link #most}
     * @param since by how much the model changed by them: that of which the training began minus the newest; empty if it did
     *              not change or is not {@linkplain #looksBack looked at}
     */
    public ModelUpdate counted(ModelUpdate update, int steps, Optional<Parameters> since) {
        double factor = staleness.factor(steps);
        return factor == 1 && !since.isPresent()
                ? update
                : new ModelUpdate(new Stale(update.difference(), factor, since), update.weight(), update.sums(),
                        update.share());
    }
}
