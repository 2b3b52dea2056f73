package dev.hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are processes of their own, what they say, and signals to them. */
abstract class ProcessFixture {
    static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path home;
    final List<ProcessHandle> started = new ArrayList<>();

    /** Shells start what is in their background so that it ignores interrupts, which all that it starts inherits. */
    private static List<String> heedingInterrupts() throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        try {
            boolean known = new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
            return known ? command : new ArrayList<>();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    final Process start(String... arguments) throws IOException {
        return start(List.of(), arguments);
    }

    /** The same with more options of Java. */
    final Process start(List<String> options, String... arguments) throws IOException {
        List<String> command = heedingInterrupts();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + Files.createDirectories(home.resolve("tmp")),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                "dev.hansa.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile()).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        Process process = builder.start();
        started.add(process.toHandle());
        return process;
    }

    @AfterEach
    void endAll() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    final String said(String file) throws IOException {
        return Files.readString(home.resolve(file));
    }

    final void send(String signal, Process process, int code) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor()).isZero();
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said("err")).isEqualTo(code);
    }
}
