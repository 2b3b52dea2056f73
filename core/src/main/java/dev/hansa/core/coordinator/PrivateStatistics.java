package dev.hansa.core.coordinator;

import dev.hansa.core.mechanism.Drawing;
import dev.hansa.core.privacy.Accounting;
import dev.hansa.core.privacy.Privacy;
import dev.hansa.core.privacy.accounting.Calibration;
import dev.hansa.core.privacy.event.Composed;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.question.Standardising;
import java.util.List;
import java.util.Optional;

/**
 * What a private run asks of its nodes before the first round, and what that costs: one release of Gaussian noise, by whom the
 * mechanism of the rounds has it added, for the neighbours of the rounds. Everybody is asked, so no chance is claimed.
 */
final class PrivateStatistics {
    private PrivateStatistics() {}

    /** With the least noise that keeps within the part of the budget that the file gives it; empty if it asks for none. */
    static Optional<Standardising> of(Privacy privacy, Drawing drawing, Accounting accounting) {
        return privacy.statistics().map(asked -> {
            double noise = new Calibration(accounting.accountant(), drawing.adjacency(), asked.epsilon(),
                    privacy.delta()).noiseMultiplier(tried -> Gaussian.of(tried, 1, drawing.adjacency()));
            return new Standardising(asked.bounds(), privacy.mechanism().hidesRows(), noise,
                    privacy.mechanism().protectsFromCoordinator());
        });
    }

    /** What happens in all, with that in the rounds. */
    static DpEvent event(Optional<Standardising> statistics, Drawing drawing, DpEvent rounds) {
        return statistics.isPresent()
                ? new Composed(List.of(Gaussian.of(statistics.get().noise(), 1, drawing.adjacency()), rounds))
                : rounds;
    }
}
