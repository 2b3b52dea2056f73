package dev.hansa.client;

import dev.hansa.core.client.Consent;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.Limits;
import java.util.Optional;

/**
 * Refuses training whose update would hardly be more than its last row: with steps of few rows, or with steps that forget
 * what came before them. Of a training that {@linkplain LocalTraining#privacy hides rows} a step may have few, beside noise.
 *
 * <p>It makes this harder, not impossible: the last step of an epoch may have fewer rows than the others.
 */
record MixedSteps() implements Consent {

    @Override
    public Optional<String> objection(Task task) {
        if (!(task instanceof Task.Fit fit)) {
            return Optional.empty();
        }
        LocalTraining training = fit.training();
        if (training.batchSize() != LocalTraining.FULL_BATCH && training.batchSize() < Limits.LEAST_ROWS) {
            return Optional.of("training.batchSize is " + training.batchSize() + ", and steps of fewer than "
                    + Limits.LEAST_ROWS + " rows would give rows away");
        }
        if (training.privacy().isPresent() && training.privacy().get().noise() < Limits.LEAST_ROW_NOISE) {
            return Optional
                    .of("privacy.noise is " + training.privacy().get().noise() + ", and a noise multiplier below "
                            + Limits.LEAST_ROW_NOISE + " hides no row");
        }
        double forgetting = training.rate() * (training.weightDecay() + training.proximalMu());
        return forgetting > Limits.FORGETTING
                ? Optional
                        .of("training.rate times the sum of training.weightDecay and training.proximalMu is "
                                + forgetting + ", and steps with more than "
                                + Limits.FORGETTING + " forget all but the last rows, which would give them away")
                : Optional.empty();
    }
}
