package dev.hansa.core.coordinator;

import dev.hansa.core.aggregate.UnusableUpdateException;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Protection;
import java.util.Locale;
import java.util.Optional;

/** Whether an update is of as much work as the run counts, and of no more than can have been done. */
final class Completeness {
    private Completeness() {}

    /** @throws UnusableUpdateException if it tells more than the protection lets it */
    static void requireProtected(ModelUpdate update, Optional<Protection> protection) {
        protection.flatMap(asked -> asked.excess(update)).ifPresent(excess -> {
            throw new UnusableUpdateException(excess);
        });
    }

    /** @throws UnusableUpdateException if it is not */
    static void require(ModelUpdate update, LocalTraining training, Cohort cohort) {
        double steps = update.sums().get(Sums.STEPS);
        long most = training.stepsOver((int) Math.min(update.weight(), Integer.MAX_VALUE));
        if (steps > most) {
            throw new UnusableUpdateException("it tells of " + steps + " steps, and its rows make " + most);
        }
        if (update.isPartial() && !cohort.partialWork()) {
            throw new UnusableUpdateException(String.format(Locale.ROOT,
                    "%.1f %% of the training was done, and this run discards partial work (cohort.partialWork)",
                    100 * update.share()));
        }
    }
}
