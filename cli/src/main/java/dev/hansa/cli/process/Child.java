package dev.hansa.cli.process;

import dev.hansa.cli.Console;
import dev.hansa.core.FederationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Another process of this program. Standard error goes to a log file, standard output is read here; it ends when this
 * process does, however this process ends.
 */
public final class Child implements AutoCloseable {
    private static final int INTERRUPTED = 128 + 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts {@code hansa} with the arguments.
     *
     * @param name          for people
     * @param heapMebibytes the most memory for its objects
     */
    public static Child start(String name, Path log, int heapMebibytes, List<String> arguments) {
        // What is large here, models and sums, is old from the start: new objects need little room of their own.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + Console.COMMAND_PROPERTY + "=" + System.getProperty(Console.COMMAND_PROPERTY, "hansa"),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:NewRatio=8",
                "-Xmx" + heapMebibytes + "m", "-XX:+ExitOnOutOfMemoryError", // whose threads die lives on half dead
                "-cp", System.getProperty("java.class.path"), "dev.hansa.cli.Main"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2"); // glibc's default holds memory for each thread
        builder.environment().put(Lifeline.VARIABLE, Long.toString(ProcessHandle.current().pid()));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new Child(name, log, process);
        } catch (IOException e) {
            throw new FederationException("could not start the " + name + ": " + e.getMessage(), true, e);
        }
    }

    /**
     * The first line that the process prints, which says that it is up.
     *
     * @throws FederationException with the end of its log if it ends before that
     */
    public String firstLine() {
        try {
            BufferedReader reader = process.inputReader();
            String line = reader.readLine();
            if (line == null) {
                throw ended();
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls back when the process ends, with the end of its log. */
    public void whenEnded(Consumer<FederationException> listener) {
        process.onExit().thenRun(() -> listener.accept(ended()));
    }

    /** Its number, for tools of the operating system. */
    public long pid() {
        return process.pid();
    }

    /** Whether it ended because it was interrupted, as by Ctrl-C. */
    public boolean wasInterrupted() {
        return !process.isAlive() && process.exitValue() == INTERRUPTED;
    }

    private FederationException ended() {
        String tail;
        try {
            List<String> lines = Files.readAllLines(log);
            tail = String.join("\n  ", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            tail = "(its log cannot be read: " + e.getMessage() + ")";
        }
        return new FederationException("the " + name + " ended by itself; the end of " + log + ":\n  " + tail, true);
    }

    /** Asks the process to stop, and makes it stop if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
