package dev.hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.spec.RunFileReference;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code ./hansa} as people call it, over the application that this build has made. A Maven of the test's own
 * stands first on the path: it builds nothing and notes that it was called.
 */
class LauncherIT {
    private static final Path LAUNCHER = Path.of("../hansa").toAbsolutePath().normalize();

    @TempDir
    private Path folder;
    private Path tools;
    private Path mavenCalls;

    /** A call that has ended. */
    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void linkInAFolderWithSpaces() throws IOException {
        tools = Files.createDirectory(folder.resolve("my tools"));
        Files.createSymbolicLink(tools.resolve("hansa"), LAUNCHER);
        mavenCalls = folder.resolve("maven-calls");
        Path maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
        Files.writeString(maven,
                "#!/bin/sh\necho \"$@\" >>'" + mavenCalls + "'\necho '[ERROR] no real Maven'\nexit 1\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    private Ended shell(String line, String build) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line).directory(folder.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        shell.environment().put("HANSA_JAVA_HOME", System.getProperty("java.home"));
        shell.environment().put("HANSA_BUILD", build);
        shell.environment().put("PATH",
                folder.resolve("bin") + File.pathSeparator + shell.environment().get("PATH"));
        Process process = shell.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(line + " ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void runsFromAnyFolderThroughALinkWithSpacesInItsPath() throws Exception {
        Ended version = shell("'my tools/hansa' --version", "never");
        assertThat(version.code()).as(version.err()).isZero();
        assertThat(version.out()).matches("hansa [0-9]\\S+\n");
        assertThat(version.err()).isEmpty();

        Ended spec = shell("cd 'my tools' && ./hansa spec", "never");
        assertThat(spec.out().strip()).isEqualTo(RunFileReference.text().strip());
        assertThat(mavenCalls).doesNotExist();
    }

    @Test
    void hintsRepeatHowItWasCalled() throws Exception {
        String mistake = " runs show ../x";
        assertThat(shell("cd 'my tools' && ./hansa" + mistake, "never").err()).contains("'./hansa runs' lists them");
        assertThat(shell("'my tools/hansa'" + mistake, "never").err()).contains("'my tools/hansa' runs");
        assertThat(shell("PATH=\"$PWD/my tools:$PATH\"; hansa" + mistake, "never").err())
                .contains("'hansa runs' lists them");
    }

    @Test
    void theExitCodeIsTheProgrammes() throws Exception {
        assertThat(shell("'my tools/hansa' simulat", "never").code()).isEqualTo(2);
    }

    @Test
    void whatIsNotBuiltIsBuiltUnlessThatIsForbidden() throws Exception {
        Path clone = Files.createDirectory(folder.resolve("a clone"));
        Files.copy(LAUNCHER, clone.resolve("hansa"));
        Files.createFile(clone.resolve("pom.xml"));
        assertThat(clone.resolve("hansa").toFile().setExecutable(true)).isTrue();

        Ended forbidden = shell("'a clone/hansa' --version", "never");
        assertThat(forbidden.code()).isEqualTo(1);
        assertThat(forbidden.err()).contains("is not built", "HANSA_BUILD");
        assertThat(mavenCalls).doesNotExist();

        Ended built = shell("'a clone/hansa' --version", "");
        assertThat(built.code()).isEqualTo(1);
        assertThat(built.err()).contains("the build failed", "no real Maven");
        assertThat(mavenCalls).content().contains("-f " + clone.toRealPath().resolve("pom.xml"), "-pl cli -am package");
    }
}
