package dev.hansa.cli.command.privacy;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.promise.Amount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansa privacy epsilon}: what noise promises. */
@Command(name = "epsilon",
        description = "Tells which epsilon holds for a run with Gaussian noise, and what has to be true for that.",
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} privacy epsilon --sampling poisson --q 0.01 --noise 1.1 --rounds 1000 "
                + "--delta 1e-5",
                "  ${ROOT-COMMAND-NAME} privacy epsilon --sampling fixed --q 0.01 --noise 1.1 --rounds 1000 "
                        + "--delta 1e-5 --json"})
final class PrivacyEpsilon implements Callable<Integer> {
    private static final String BOUNDLESS =
            "Nothing is promised: the noise is too little for so many rounds, or the numbers are "
                    + "too extreme for this accountant. Take more noise or fewer rounds.";

    @Mixin
    private final Output output;

    @Mixin
    private final CountedRun run = new CountedRun();

    @Option(names = "--noise", paramLabel = "Z", required = true,
            description = "The noise multiplier: the deviation of the noise on the sum, divided by the clip norm; with "
                    + "--sampling fixed by twice the clip norm.")
    private double noise;

    PrivacyEpsilon(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        if (!(noise > 0 && noise < Double.POSITIVE_INFINITY)) {
            throw CommandException.usage("--noise is " + noise
                    + ", expected a finite number greater than 0: without noise there is no epsilon");
        }
        double epsilon = run.answer(() -> run.accountant()
                .curve(run.event(noise), run.sampling().adjacency()).epsilon(run.delta()));
        boolean bounded = Double.isFinite(epsilon);
        output.print((bounded ? "epsilon " + CountedRun.roundedUp(epsilon) : "epsilon is infinite") + " with delta "
                + Amount.written(run.delta()) + ", by the " + run.accountantName() + " accountant");
        if (!bounded) {
            output.print(BOUNDLESS);
        }
        run.tellAssumptions(output, noise);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("epsilon", bounded ? epsilon : null);
        run.putInto(object, noise);
        output.json(object);
        return ExitCode.OK.number();
    }
}
