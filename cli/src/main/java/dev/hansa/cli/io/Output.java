package dev.hansa.cli.io;

import dev.hansa.cli.Console;
import dev.hansa.cli.Json;
import dev.hansa.cli.Logging;
import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Style;
import dev.hansa.cli.live.Working;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of every command, and where it writes: results to standard output, messages to standard error. */
public final class Output {
    private final Console console;

    @Option(names = Json.OPTION, order = 100,
            description = "For machines: the last line of standard output is one JSON object, and the only one.")
    private boolean json;

    private boolean verbose;

    @Option(names = {"-h", "--help"}, order = 102, usageHelp = true, description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    public Output(Console console) {
        this.console = console;
    }

    @Option(names = "--verbose", order = 101, description = "Show the log, and where a failure comes from.")
    void verbose(boolean asked) {
        verbose = asked;
        if (asked) {
            Logging.verbose();
        }
    }

    /** Whether to tell more than usual. */
    public boolean verbose() {
        return verbose;
    }

    /** A message; never a result. */
    public void say(String line) {
        console.err().println(Format.printableLines(line));
    }

    /** What to type for a command of this program, such as {@code ./hansa runs}. */
    public String program(String arguments) {
        return console.command() + " " + arguments;
    }

    /** A word of a command as it may be typed into a shell: in quotes if it needs them. */
    public static String quoted(Object word) {
        String text = word.toString();
        return text.matches("[\\w@%+=:,./~-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Says on a terminal what takes a while, until that is closed; nothing to machines. */
    public Working working(String what) {
        return Working.on(console.terminal(), !json, what);
    }

    /** A line of the result for people; not shown with {@code --json}. */
    public void print(String line) {
        if (!json) {
            console.out().println(Format.printableLines(line));
        }
    }

    /** A table of the result for people, no wider than the terminal if one shows it; not shown with {@code --json}. */
    public void print(TextTable table) {
        table.lines(console.terminal().columnsOfResults().orElse(Integer.MAX_VALUE)).forEach(this::print);
    }

    /** The same for what nobody should overlook: in red where a person looks at it. */
    public void printBad(String line) {
        if (!json) {
            String text = Format.printableLines(line);
            console.out().println(console.terminal().coloursOfResults() ? Style.BAD.on(text) : text);
        }
    }

    /** The result for machines; shown only with {@code --json}. */
    public void json(Map<String, ?> result) {
        console.ending().tell(result);
    }

    /** Whether the one object is all that standard output may hold. */
    public boolean forMachines() {
        return json;
    }

    public Console console() {
        return console;
    }
}
