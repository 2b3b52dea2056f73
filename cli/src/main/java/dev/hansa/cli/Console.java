package dev.hansa.cli;

import dev.hansa.cli.live.SystemTerminal;
import dev.hansa.cli.live.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command has around it: all it reads from or shows to the outside but files and sockets.
 *
 * @param out         for results
 * @param err         for messages
 * @param terminal    for progress; behind {@code err}
 * @param environment the process's variables
 * @param home        the user's folder
 * @param command     how the user calls the program, to be repeated in hints: {@code hansa}, {@code ./hansa}
 * @param ending      of the one command that is run with it
 */
public record Console(InputStream in, PrintStream out, PrintStream err, Terminal terminal,
        Map<String, String> environment, Path home, String command, Ending ending) {
    /** The launcher tells it how it was called. */
    public static final String COMMAND_PROPERTY = "hansa.command";

    public Console {
        environment = Map.copyOf(environment);
    }

    Console(InputStream in, PrintStream out, PrintStream err, Terminal terminal, Map<String, String> environment,
            Path home, String command) {
        this(in, out, err, terminal, environment, home, command, new Ending(out, err));
    }

    /** Of this process. */
    public static Console ofProcess() {
        return new Console(System.in, System.out, System.err, new SystemTerminal(System.err, System.getenv()),
                System.getenv(), home(System.getenv()),
                quoted(System.getProperty(COMMAND_PROPERTY, "hansa")));
    }

    /** As shells know it: that of HOME, if it is set; otherwise that of the user whom Java found. */
    static Path home(Map<String, String> environment) {
        String told = environment.getOrDefault("HOME", "");
        return Path.of(told.isEmpty() ? System.getProperty("user.home", ".") : told);
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[\\w@%+:,./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
