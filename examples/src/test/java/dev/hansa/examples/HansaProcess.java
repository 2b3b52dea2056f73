package dev.hansa.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the application as it was built, {@code java -jar hansa.jar …}. */
final class HansaProcess implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("hansa.app"), "hansa.jar");

    private final Process process;
    private final Path log;

    private HansaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Shells start what is in their background so that it ignores interrupts, which all that it starts inherits. */
    private static List<String> heedingInterrupts() {
        List<String> command = List.of("env", "--default-signal=INT");
        List<String> trial = new ArrayList<>(command);
        trial.add("true");
        try {
            return new ArrayList<>(new ProcessBuilder(trial).start().waitFor() == 0 ? command : List.of());
        } catch (IOException e) {
            return new ArrayList<>(); // there is no such program here
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param log takes standard error */
    static HansaProcess start(Path folder, Path log, String... arguments) {
        List<String> command = heedingInterrupts();
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
        try {
            return new HansaProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line of standard output. */
    String line() throws IOException {
        String line = process.inputReader().readLine();
        if (line == null) {
            throw new AssertionError("no more output; its log says:\n" + log());
        }
        return line;
    }

    /** Waits for the end and returns the last line of standard output. */
    String lastLine(int exitCode) throws InterruptedException {
        BufferedReader reader = process.inputReader();
        String last = reader.lines().reduce((before, line) -> line).orElse("");
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != exitCode) {
            throw new AssertionError("expected the exit code " + exitCode + " of " + process.info().commandLine()
                    + ", got " + (process.isAlive() ? "none" : process.exitValue()) + "; its log says:\n" + log());
        }
        return last;
    }

    /** As {@code kill -9}: at once, with no chance to tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets it go on for so long; it must not end by itself. */
    void live(int millis) throws InterruptedException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it ended with " + process.exitValue() + "; its log says:\n" + log());
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** As Ctrl-C in a terminal: it and all that it started are interrupted at once. */
    void interrupt() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-INT", Long.toString(process.pid())));
        descendants().forEach(child -> command.add(Long.toString(child.pid())));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** As {@code kill}: asked to end. */
    void ask() {
        process.destroy();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; its log says:\n" + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
