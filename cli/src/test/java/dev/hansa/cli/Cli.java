package dev.hansa.cli;

import dev.hansa.cli.live.FakeTerminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call of the {@code hansa} command in this process, after its end.
 *
 * @param code of the exit
 * @param err  progress, then messages
 */
public record Cli(int code, String out, String err) {

    /** Runs it with a home of its own and nobody watching. */
    public static Cli run(Path home, String... args) {
        return run(home, "", Map.of(), args);
    }

    public static Cli run(Path home, String in, Map<String, String> environment, String... args) {
        return run("hansa", home, in, environment, args);
    }

    /** Runs it for a person who sees it on a terminal and answers so. */
    public static Cli answering(Path home, String in, String... args) {
        return run("hansa", home, in, Map.of(), FakeTerminal.answering(100), args);
    }

    /** Runs it for somebody who typed that command. */
    public static Cli run(String command, Path home, String in, Map<String, String> environment, String... args) {
        return run(command, home, in, environment, FakeTerminal.unwatched(), args);
    }

    private static Cli run(String command, Path home, String in, Map<String, String> environment,
            FakeTerminal terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal, environment, home, command);
        int code = Main.run(console, args);
        return new Cli(code, out.toString(StandardCharsets.UTF_8),
                String.join("\n", terminal.lines()) + err.toString(StandardCharsets.UTF_8));
    }

    /** The last line of standard output. */
    public JsonNode json() {
        return JsonMapper.builder().build().readTree(out.lines().toList().getLast());
    }
}
