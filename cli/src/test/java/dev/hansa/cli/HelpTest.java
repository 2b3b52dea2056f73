package dev.hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.cli.live.FakeTerminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {
    @TempDir
    private static Path home;

    static Stream<CommandLine> commands() {
        Console console = Console.ofProcess();
        return commands(Main.commandLine(console, new Failures(console)));
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(Stream.of(command),
                command.getSubcommands().values().stream().flatMap(HelpTest::commands));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTellsWhatItDoesWithWhatAndHowItEnds(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        assertThat(spec.usageMessage().description()).isNotEmpty();
        assertThat(spec.usageMessage().exitCodeList()).containsKeys("0", "2");
        assertThat(spec.usageMessage().footer()).isNotEmpty().allSatisfy(line -> assertThat(line).contains("hansa"));
        assertThat(spec.usageMessage().footer()[0]).contains(spec.qualifiedName());
        List<ArgSpec> all = new ArrayList<>(spec.options());
        all.addAll(spec.positionalParameters());
        assertThat(all).allSatisfy(option -> assertThat(option.description()).as(option.paramLabel()).isNotEmpty());
        assertThat(spec.optionsMap()).containsKey("--help");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpGoesToStandardOutputAndFits(CommandLine command) {
        List<String> args = new ArrayList<>(List.of(command.getCommandSpec().qualifiedName(" ").split(" ")));
        args.removeFirst();
        args.add("--help");
        Cli cli = Cli.run(home, args.toArray(String[]::new));

        assertThat(cli.code()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).contains("Usage: " + command.getCommandSpec().qualifiedName(), "Exit codes:", "Example:");
        assertThat(cli.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(90));

        Cli called = Cli.run("./hansa", home, "", Map.of(), args.toArray(String[]::new));
        assertThat(called.out()).contains("Usage: ./hansa").doesNotContainPattern("(?m)(^ *|')hansa [a-z]");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 100, 120})
    void helpIsAsWideAsTheTerminal(int columns) {
        assertThat(widestHelp(columns)).isBetween(columns - 15, columns);
    }

    @Test
    void helpOnAVeryWideTerminalCanStillBeRead() {
        assertThat(widestHelp(300)).isBetween(105, 120);
        assertThat(widestHelp(20)).as("picocli has no narrower").isBetween(40, 55);
    }

    private static int widestHelp(int columns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), stream, stream, FakeTerminal.watched(columns),
                Map.of("NO_COLOR", "1"), home, "hansa");
        assertThat(Main.run(console, "simulate", "--help")).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().mapToInt(String::length).max().orElse(0);
    }

    @Test
    void homeIsWhatTheVariableSays() {
        assertThat(Console.home(Map.of("HOME", "/somewhere"))).isEqualTo(Path.of("/somewhere"));
        assertThat(Console.home(Map.of("HOME", ""))).isEqualTo(Console.home(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home")));
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(Cli.run(home, "--version").out()).matches("hansa \\S+\n");
    }

    @Test
    void withoutACommandItShowsWhatThereIs() {
        Cli cli = Cli.run(home);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("Usage: hansa", "simulate");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        Cli cli = Cli.run(home, "simulat", "run.yaml");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("there is no command 'simulat'", "Did you mean: hansa simulate or hansa statistics?",
                        "hansa --help")
                .doesNotContain("\tat ");
    }

    @Test
    void aMistypedOptionGetsASuggestion() {
        Cli cli = Cli.run(home, "simulate", "run.yaml", "--data", "a=b", "--theads", "3");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("'--theads'", "--threads", "hansa simulate --help");
    }

    @Test
    void aMistypedOptionThatMustBeGivenIsNamedAsItWasTyped() {
        Cli cli = Cli.run(home, "simulate", "run.yaml", "--dta", "x");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("'--dta'", "--data");
    }

    @Test
    void aNumberIsAskedForInPlainWords() {
        assertThat(Cli.run(home, "serve", "--port", "x").err()).contains("--port", "found 'x', expected a whole number")
                .doesNotContain(" int");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "http://x", "a_b", "-a", "a.", "1.2.3", "1.2.3.999", "x:8443", "[x]", "fe80::1%eth0"})
    void whatIsNoHostIsAMistake(String host) {
        Cli cli = Cli.run(home, "serve", "--port", "0", "--host=" + host);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("--host", "found '" + host + "'", "such as hansa.example.org")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "hansa.example.org", "a-1.x", "3com.com", "192.0.2.7", "::1", "[::1]"})
    void namesAndAddressesAreHosts(String host) {
        assertThat(Cli.run(home, "serve", "--port", "x", "--host=" + host).err()).doesNotContain(host);
    }

    @Test
    void aTokenInTheWrongPlaceIsNotRepeated() {
        Cli cli = Cli.run(home, "join", "hansa-join-SECRET", "hansa-join-SECRET", "--data", "x.csv");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("hansa-join-…").doesNotContain("SECRET");
    }

    @Test
    void aModelThatTheDemoDoesNotKnowGetsTheChoices() {
        assertThat(Cli.run(home, "demo", "--model", "foo").err()).contains("found 'foo', expected linear or mlp")
                .doesNotContain("LINEAR", "did you mean");
        assertThat(Cli.run(home, "demo", "--model", "liner").err()).contains("did you mean linear?");
    }

    @Test
    void aScenarioThatTheBenchmarkDoesNotKnowGetsEachOnce() {
        assertThat(Cli.run(home, "bench", "coordinator", "--scenario", "foo").err())
                .contains("found 'foo', expected latency, bulk, idle or fleet\n").doesNotContain("LATENCY");
    }

    @Test
    void hintsRepeatTheCommandThatWasTyped() {
        Map<String, String> absent = Map.of("HANSA_COORDINATOR", home.resolve("none").toString());
        assertThat(Cli.run("./hansa", home, "", absent, "run", "--help").out()).contains("Usage: ./hansa run",
                "'./hansa runs show ID'", "  ./hansa run run.yaml --detach");
        assertThat(Cli.run("./hansa", home, "", absent, "runs", "show", "../x").err()).contains("'./hansa runs' lists",
                "What can be given: ./hansa runs show --help");
        assertThat(Cli.run("./hansa", home, "", Map.of(), "nodes").err()).contains("'./hansa serve'");
    }
}
