package dev.hansa.client;

import dev.hansa.core.client.Consent;
import dev.hansa.core.protocol.Detail;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.Limits;
import java.util.Optional;

/**
 * What a node does not do, and does not tell, whatever a run asks.
 *
 * <p>Detail is told only of at least five rows for each number that it adds. So the numbers of one evaluation are far fewer
 * than the rows, and cannot be solved for them; and a class or a bin holds five rows on average. It may hold one
 * nevertheless: then its class is told, and its score to within a bin, though nothing else of it. It does not protect against
 * what many evaluations tell together, each of another model. Who has fewer rows tells its sums over all of them as ever, and
 * no detail: a run must not lose it for that.
 *
 * @param showsModels whether other nodes may see a model that was trained on the owner's rows alone
 */
record OwnersSake(boolean showsModels) implements Consent {

    @Override
    public Optional<String> objection(Task task) {
        if (task instanceof Task.Fit fit && fit.shown() && !showsModels) {
            return Optional.of("its owner does not let other nodes see a model of it (hansa join --show-models does)");
        }
        Optional<String> steps = new MixedSteps().objection(task);
        return steps.isPresent() ? steps : new ZstdAtHand().objection(task);
    }

    @Override
    public Detail told(Detail asked, int classes, int rows) {
        return rows >= (long) Limits.LEAST_ROWS * asked.numbers(classes) ? asked : Detail.NONE;
    }
}
