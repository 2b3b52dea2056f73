package dev.hansa.core.coordinator;

import dev.hansa.core.mechanism.PrivateRound;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.strategy.RoundPlan;
import java.time.Duration;
import java.util.Optional;

/**
 * What the clients of a run are asked.
 *
 * @param known  what is committed
 * @param halves of what protects the round; empty if nothing does
 */
record Assignments(String run, RunSpec spec, Checkpoint known, Optional<PrivateRound> halves) {

    /** Nothing is protected. */
    Assignments(String run, RunSpec spec, Checkpoint known) {
        this(run, spec, known, Optional.empty());
    }

    /**
     * To train for that round, as the plan says.
     *
     * @param counted the last round whose update of the client was counted; 0 for none, or if nothing {@link #isRemembered}
     */
    Task.Fit fit(RoundPlan plan, int round, String client, int counted) {
        Optional<Duration> timeLeft =
                spec.cohort().partialWork() ? Optional.of(spec.cohort().deadline()) : Optional.empty();
        Task.Fit fit = new Task.Fit(run, round, spec.data(), known.preprocessing(), spec.model(), plan.parameters(),
                halves.map(both -> both.training(plan.training())).orElse(plan.training()), spec.compression(),
                spec.seed().derive("fit").derive(round).derive(client), timeLeft,
                counted, spec.personalization().inRounds());
        return halves.flatMap(PrivateRound::onClient).map(fit::protectedBy).orElse(fit);
    }

    /** Whether clients go on with what they keep of their last round that counted, so that it has to be looked for. */
    boolean isRemembered(RoundPlan plan) {
        return Task.Fit.isRemembered(plan.training(), spec.compression(), spec.personalization().inRounds());
    }

    /**
     * To measure the model of that round.
     *
     * @param counted the last round up to that one whose update of the client was counted; 0 for none
     */
    Task.Evaluate evaluate(Parameters model, int round, int counted) {
        return new Task.Evaluate(run, round, spec.data(), known.preprocessing(), spec.model(), model,
                spec.evaluation().detail(), counted, spec.personalization().inEvaluations());
    }
}
