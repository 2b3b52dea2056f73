package dev.hansa.client.policy;

import dev.hansa.client.ledger.Unit;
import dev.hansa.core.protocol.ExamplePrivacy;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds each task against what its run says of itself, whatever the policy is: an owner who has read that the node adds noise,
 * or who lets in whatever comes, gets that noise. Of a run that tells nothing, as those of older coordinators, nothing is
 * expected; whether what is told is true of other nodes no node sees.
 */
final class KeptWord {
    /** Noise is told divided by the clip, and asked for multiplied by it. */
    private static final double ROUNDING = 1e-6;

    private KeptWord() {}

    /** Where the task falls short of what its run says; empty if it does not. */
    static Optional<Objection> objection(Task task, Optional<Terms> terms) {
        return terms.flatMap(said -> broken(task, said)).flatMap(text -> Objection.run("the run said that " + text));
    }

    private static Optional<String> broken(Task task, Terms said) {
        if (task.round() > said.rounds()) {
            return Optional.of("it has at most " + said.rounds() + " rounds, and the task is of round "
                    + task.round());
        }
        if (task instanceof Task.Statistics statistics) {
            return quieter(said.ownNoise(), Charge.ownNoise(statistics.question().noise(), Unit.DATA_SET));
        }
        return task instanceof Task.Fit fit ? broken(fit, said) : Optional.empty();
    }

    private static Optional<String> broken(Task.Fit fit, Terms said) {
        Optional<String> quieter = quieter(said.ownNoise(), Charge.ownNoise(fit, Unit.DATA_SET));
        if (quieter.isPresent()) {
            return quieter;
        }
        if (said.promise().isPresent() && !fit.protection().isPresent()) {
            return Optional.of("the coordinator adds noise to sums of clipped updates, and the task clips none");
        }
        return said.rows().flatMap(rows -> broken(fit, rows));
    }

    private static Optional<String> quieter(double said, double asked) {
        return isLess(asked, said)
                ? Optional.of("this node adds noise, multiplier " + said + ", and the task asks for "
                        + (asked == 0 ? "none" : "a multiplier of " + asked))
                : Optional.empty();
    }

    private static Optional<String> broken(Task.Fit fit, Terms.Rows said) {
        String promised = String.format(Locale.ROOT, "this node hides each row with noise, multiplier %s, in each of %d"
                + " steps that draw rows with probability %s, and the task ", said.noise(), said.steps(),
                said.sampling());
        if (!fit.training().privacy().isPresent()) {
            return Optional.of(promised + "hides none");
        }
        ExamplePrivacy asked = fit.training().privacy().get();
        long steps = fit.training().stepsOver(1);
        return isLess(asked.noise(), said.noise()) || isLess(said.sampling(), asked.sampling()) || steps > said.steps()
                ? Optional.of(promised + "asks for a multiplier of " + asked.noise() + " in each of " + steps
                        + " steps that draw rows with probability " + asked.sampling())
                : Optional.empty();
    }

    private static boolean isLess(double asked, double said) {
        return !(asked >= said * (1 - ROUNDING));
    }
}
