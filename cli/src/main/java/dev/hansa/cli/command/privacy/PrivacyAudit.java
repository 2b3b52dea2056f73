package dev.hansa.cli.command.privacy;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.audit.CentralTrial;
import dev.hansa.cli.audit.RunAudit;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.promise.Amount;
import dev.hansa.core.model.Seed;
import dev.hansa.core.privacy.accounting.GaussianCurve;
import dev.hansa.core.privacy.audit.GaussianEstimate;
import dev.hansa.core.privacy.audit.RepeatedAudit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansa privacy audit}: whether the mechanism keeps what is promised. */
@Command(name = "audit",
        description = {
                "Attacks the central mechanism as it is built in: plays one round of it many times, with a canary "
                        + "among its clients or without, and tells which epsilon that proves, beside the one that is promised.",
                "", "It ends with 1 if more is proven than is promised."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = "  ${ROOT-COMMAND-NAME} privacy audit --noise 1 --clip 0.5")
final class PrivacyAudit implements Callable<Integer> {
    private static final int LEAST_PLAYS = 100;
    private static final int MOST_PLAYS = 10_000_000;

    @Mixin
    private final Output output;

    @Option(names = "--noise", paramLabel = "Z", required = true,
            description = "The noise multiplier: the deviation of the noise on the sum, divided by the clip norm.")
    private double noise;

    @Option(names = "--clip", paramLabel = "C", defaultValue = "1",
            description = "The largest norm of an update. Default: ${DEFAULT-VALUE}.")
    private double clip;

    @Option(names = "--delta", paramLabel = "D", defaultValue = "1e-5",
            description = "With which probability the promise may fail. Default: ${DEFAULT-VALUE}.")
    private double delta;

    @Option(names = "--plays", paramLabel = "N", defaultValue = "20000",
            description = "How often it is played with the canary, and as often without. Default: ${DEFAULT-VALUE}.")
    private int plays;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of the noise and the updates. Default: ${DEFAULT-VALUE}.")
    private long seed;

    PrivacyAudit(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        require(noise > 0 && Double.isFinite(noise), "--noise is " + noise
                + ", expected a finite number greater than 0: without noise there is no epsilon");
        require(clip > 0 && Double.isFinite(clip), "--clip is " + clip + ", expected a finite number greater than 0");
        require(delta > 0 && delta < 1, "--delta is " + delta + ", expected a number greater than 0 and below 1");
        require(plays >= LEAST_PLAYS && plays <= MOST_PLAYS,
                "--plays is " + plays + ", expected from " + LEAST_PLAYS + " to " + MOST_PLAYS);
        CentralTrial trial = new CentralTrial(noise, clip, new Seed(seed));
        double[] with = trial.scores(true, plays);
        double[] without = trial.scores(false, plays);
        RepeatedAudit audit = RepeatedAudit.of(with, without, delta, RunAudit.CONFIDENCE);
        double proven = audit.epsilon(delta, RunAudit.CONFIDENCE);
        double promised = new GaussianCurve(noise).epsilon(delta);
        double estimate = GaussianEstimate.of(without, with).epsilon(delta);
        boolean kept = proven <= promised;
        output.print("promised: epsilon " + CountedRun.roundedUp(promised) + " with delta " + Amount.written(delta)
                + " for one round, of which everybody may know who is in it");
        output.print(
                "proven: at least " + Format.number(proven) + " with a confidence of 95 %; the canary was named in "
                        + Format.percent(audit.named().share()) + " of the rounds with it, in "
                        + Format.percent(audit.mistaken().share()) + " of those without");
        output.print("estimated: " + Format.number(estimate) + ", if what is released is normal");
        if (kept && estimate > promised) {
            output.print("The estimate is above what is promised, and says nothing against it: from " + plays
                    + " plays it comes out too large more often than too small, the more so the fewer. What counts is the"
                    + " lower bound that is proven.");
        }
        output.print(kept
                ? "Nothing was found against the promise."
                : "The promise does not hold. If another --seed says the same, it is a fault of the mechanism: tell those"
                        + " who maintain Hansa.");
        output.json(object(audit, promised, proven, estimate));
        return (kept ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static void require(boolean good, String problem) {
        if (!good) {
            throw CommandException.usage(problem);
        }
    }

    private Map<String, Object> object(RepeatedAudit audit, double promised, double proven, double estimate) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("epsilon", promised);
        object.put("delta", delta);
        object.put("epsilonLowerBound", proven);
        object.put("confidence", RunAudit.CONFIDENCE);
        object.put("epsilonEstimate", estimate);
        object.put("kept", proven <= promised);
        object.put("noise", noise);
        object.put("clip", clip);
        object.put("plays", plays);
        object.put("named", audit.named());
        object.put("mistaken", audit.mistaken());
        return object;
    }
}
