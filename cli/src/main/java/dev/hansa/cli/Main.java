package dev.hansa.cli;

import dev.hansa.cli.command.Hansa;
import dev.hansa.cli.process.Lifeline;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** Starts the {@code hansa} command. */
public final class Main {
    /** Of help that goes to a file or a pipe. */
    private static final int HELP_WIDTH = 90;
    /** Longer lines are hard to read, and picocli has no shorter ones. */
    private static final int WIDEST_HELP = 120;
    private static final int NARROWEST_HELP = 55;
    private static final String A_NUMBER = "a number such as 0.5 or 1e-5";

    private Main() {}

    public static void main(String[] args) {
        Lifeline.hold();
        Console console = Console.ofProcess();
        endWhenAsked(console.ending());
        System.exit(run(console, args));
    }

    private static void endWhenAsked(Ending ending) {
        AtomicInteger code = new AtomicInteger(ExitCode.INTERRUPTED.number());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.interrupt(code.get()), "hansa-end"));
        Signals.whenSent(sent -> {
            code.set(sent);
            System.exit(sent);
        });
    }

    /** Runs one command to its end and returns the process's exit code. Starts nothing that outlives it. */
    public static int run(Console console, String... args) {
        if (List.of(args).contains(Json.OPTION)) { // before they are parsed, which may fail, or be interrupted
            console.ending().forMachines();
        }
        Failures failures = new Failures(console);
        int code;
        try {
            CommandLine commands = commandLine(console, failures);
            if (asksForHelp(args)) {
                console.terminal().columnsOfResults().ifPresent(columns -> commands
                        .setUsageHelpWidth(Math.clamp(columns, NARROWEST_HELP, WIDEST_HELP)));
            }
            code = commands.execute(args);
        } catch (OutOfMemoryError e) {
            code = failures.outOfMemory();
        }
        console.ending().over();
        return code;
    }

    /** Who asks for nothing gets help, too. */
    private static boolean asksForHelp(String... args) {
        return args.length == 0 || List.of(args).contains("--help") || List.of(args).contains("-h");
    }

    static CommandLine commandLine(Console console, Failures failures) {
        CommandLine commands = new CommandLine(new Hansa(console), new CommandFactory(console));
        commands.setCommandName(console.command());
        arrange(commands);
        commands.setExpandAtFiles(false); // join reads its @FILE itself: it is a secret, and holds no options
        commands.registerConverter(Integer.class, Main::wholeNumber).registerConverter(int.class, Main::wholeNumber)
                .registerConverter(Long.class, Main::longNumber).registerConverter(long.class, Main::longNumber)
                .registerConverter(Double.class, Main::number).registerConverter(double.class, Main::number)
                .registerConverter(BigDecimal.class, Main::decimal);
        return commands.setOut(writer(console.out())).setErr(writer(console.err()))
                .setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        console.environment().containsKey("NO_COLOR") ? Ansi.OFF : Ansi.AUTO));
    }

    private static Integer wholeNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw none(text, "a whole number");
        }
    }

    private static Long longNumber(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw none(text, "a whole number");
        }
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw none(text, A_NUMBER);
        }
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw none(text, A_NUMBER);
        }
    }

    private static TypeConversionException none(String found, String expected) {
        return new TypeConversionException("found '" + found + "', expected " + expected);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /** Gives the help of all commands the same headings and order. */
    private static void arrange(CommandLine command) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        help.width(HELP_WIDTH).sortOptions(false).abbreviateSynopsis(false)
                .descriptionHeading("%n").parameterListHeading("%n").optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n").exitCodeListHeading("%nExit codes:%n")
                .footerHeading("%nExample:%n");
        for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
            arrange(sub.getValue());
        }
    }
}
