package dev.hansa.cli.command.privacy;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.option.Converters;
import dev.hansa.cli.promise.Amount;
import dev.hansa.core.privacy.accounting.PrivacyAccountant;
import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.core.privacy.event.Gaussian;
import dev.hansa.core.privacy.event.Sampling;
import dev.hansa.core.privacy.event.SelfComposed;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Option;

/** The options that say what a run does, but for its noise, and who counts. */
final class CountedRun {
    private static final int MOST_DIGITS = 9;
    /** What is less would be written with more zeros than anybody counts. */
    private static final BigDecimal LEAST_PLAIN = new BigDecimal("1e-6");

    @Option(names = "--sampling", paramLabel = "HOW", required = true, converter = CountedRun.SamplingConverter.class,
            description = "How a round's cohort comes about: poisson (a secret coin for each participant), fixed (a secret "
                    + "cohort of known size) or none (all, or who is not left to chance).")
    private SamplingWord sampling;

    @Option(names = "--q", paramLabel = "Q",
            description = "With poisson the probability of the coin, with fixed the part of all participants that is drawn. "
                    + "Greater than 0, at most 1, with at most " + MOST_DIGITS + " digits after the point.")
    private Optional<BigDecimal> rate;

    @Option(names = "--rounds", paramLabel = "T", required = true,
            description = "How many rounds, each with new noise.")
    private long rounds;

    @Option(names = "--delta", paramLabel = "D", required = true,
            description = "With which probability the promise may fail: less than one by the number of participants.")
    private double delta;

    @Option(names = "--accountant", paramLabel = "NAME", converter = CountedRun.AccountantConverter.class,
            description = "Who counts: pld (tight) or rdp (Renyi divergences: never less, often more). Default: pld, with "
                    + "--sampling fixed rdp, which alone knows it.")
    private Optional<AccountantWord> accountant;

    SamplingWord sampling() {
        return sampling;
    }

    double delta() {
        return delta;
    }

    AccountantWord accountantName() {
        return accountant.orElse(sampling == SamplingWord.FIXED ? AccountantWord.RDP : AccountantWord.PLD);
    }

    PrivacyAccountant accountant() {
        return accountantName().accountant();
    }

    /** All rounds with a noise multiplier. */
    DpEvent event(double noise) {
        return new SelfComposed(chance().event(new Gaussian(noise), sampling.adjacency()), rounds);
    }

    private Sampling chance() {
        if (rounds < 0) {
            throw CommandException.usage("--rounds is " + rounds + ", expected a whole number of at least 0");
        }
        if (sampling == SamplingWord.NONE) {
            if (rate.isPresent()) {
                throw CommandException.usage("--q is " + rate.get()
                        + " with --sampling none, expected none: without sampling all count, or say --sampling poisson");
            }
            return new Sampling.Everyone();
        }
        BigDecimal part = rate.map(BigDecimal::stripTrailingZeros).orElseThrow(() -> CommandException
                .usage("--q is missing, expected a number greater than 0 and at most 1: --sampling " + sampling
                        + " draws a part of all participants"));
        if (part.signum() <= 0 || part.compareTo(BigDecimal.ONE) > 0 || part.scale() > MOST_DIGITS) {
            throw CommandException
                    .usage("--q is " + part + ", expected a number greater than 0 and at most 1 with at most "
                            + MOST_DIGITS + " digits after the point");
        }
        if (sampling == SamplingWord.POISSON) {
            return new Sampling.Poisson(part.doubleValue());
        }
        // what holds depends on the part alone
        BigDecimal population = BigDecimal.TEN.pow(Math.max(0, part.scale()));
        return new Sampling.FixedSize(population.longValueExact(), part.multiply(population).longValueExact());
    }

    /** An answer of an accountant; what it refuses is a mistake in the options. */
    double answer(DoubleSupplier question) {
        try {
            return question.getAsDouble();
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    /** What has to be true, for people. */
    void tellAssumptions(Output output, double noise) {
        output.print("promised: " + sampling.adjacency().words());
        assumptions(noise).forEach(assumption -> output.print("assumed: " + assumption));
    }

    private List<String> assumptions(double noise) {
        return List.of(
                Format.count(rounds, "round") + "; nothing else that depends on the data is released",
                sampling.words(rate.map(BigDecimal::toPlainString).orElse("")),
                "all that a participant contributes to a round is clipped together, and Gaussian noise with a deviation of "
                        + roundedUp(noise)
                        + (sampling == SamplingWord.FIXED ? " times twice the clip norm" : " times the clip norm")
                        + " is added to the sum, once and anew in each round");
    }

    /** The same for machines. */
    void putInto(Map<String, Object> object, double noise) {
        object.put("delta", delta);
        object.put("accountant", accountantName().toString());
        object.put("sampling", sampling.toString());
        rate.ifPresent(part -> object.put("q", part));
        object.put("noise", noise);
        object.put("rounds", rounds);
        object.put("adjacency", sampling.adjacency().words());
        object.put("assumed", assumptions(noise));
    }

    /** With five digits, and not less than it is. */
    static String roundedUp(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).round(new MathContext(5, RoundingMode.CEILING)).stripTrailingZeros();
        return rounded.signum() != 0 && rounded.abs().compareTo(LEAST_PLAIN) < 0 ? Amount.written(rounded.doubleValue())
                : rounded.toPlainString();
    }

    /** A sampling. */
    static final class SamplingConverter extends Converters.Word<SamplingWord> {
        SamplingConverter() {
            super(SamplingWord.class);
        }
    }

    /** An accountant. */
    static final class AccountantConverter extends Converters.Word<AccountantWord> {
        AccountantConverter() {
            super(AccountantWord.class);
        }
    }
}
