package dev.hansa.cli.command.privacy;

import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.promise.Amount;
import dev.hansa.core.privacy.accounting.Calibration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansa privacy noise}: what a promise takes. */
@Command(name = "noise",
        description = "Tells the least Gaussian noise with which a run keeps within an epsilon, and what has to be true "
                + "for that.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.USAGE},
        footer = "  ${ROOT-COMMAND-NAME} privacy noise --epsilon 2 --sampling poisson --q 0.1 --rounds 100 "
                + "--delta 1e-5")
final class PrivacyNoise implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Option(names = "--epsilon", paramLabel = "E", required = true, description = "What the run may cost.")
    private double epsilon;

    @Mixin
    private final CountedRun run = new CountedRun();

    PrivacyNoise(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        double noise =
                run.answer(() -> new Calibration(run.accountant(), run.sampling().adjacency(), epsilon, run.delta())
                        .noiseMultiplier(run::event));
        output.print("noise multiplier " + CountedRun.roundedUp(noise) + " for epsilon " + Amount.written(epsilon)
                + " with delta "
                + Amount.written(run.delta()) + ", by the " + run.accountantName() + " accountant");
        run.tellAssumptions(output, noise);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("epsilon", epsilon);
        run.putInto(object, noise);
        output.json(object);
        return ExitCode.OK.number();
    }
}
