package dev.hansa.cli.command.node;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.InputFiles;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.option.DataSets;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.policy.PolicyFile;
import dev.hansa.core.FederationException;
import dev.hansa.spec.document.InvalidSpecException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa node policy check}: reads a policy and names all its problems. */
@Command(name = "check",
        description = {
                "Checks a policy, says in words what it allows, and names all its problems with line and column.", "",
                "Its witness must be one that this machine can write. With --data it is also held against what the node is to "
                        + "serve, as 'join' does: a rule for each data set, and no delta that gives away a row."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} node policy check policy.yaml",
                "  ${ROOT-COMMAND-NAME} node policy check policy.yaml --data housing=alice.csv"})
final class NodePolicyCheck implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Parameters(paramLabel = "POLICY.YAML", description = "The policy.")
    private Path file;

    @Option(names = "--data", paramLabel = "[SET=]CSV", converter = NamedFile.Converter.class,
            description = "Rows that the node is to serve, as in 'join'; once for each data set.")
    private List<NamedFile> data = List.of();

    NodePolicyCheck(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() {
        try {
            PolicyFile policy = PolicyFile.read(file, DataSets.of(data), true);
            List<String> words = policy.words();
            policy.warnings().forEach(warning -> output.say("hansa: warning: " + warning));
            output.print(file + " is valid");
            words.forEach(output::print);
            output.json(Map.of("valid", true, "problems", List.of(), "warnings",
                    policy.warnings().stream().map(InputFiles::object).toList(), "words", words));
            return ExitCode.OK.number();
        } catch (InvalidSpecException e) {
            return InputFiles.tellInvalid(output, e, "words");
        } catch (FederationException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
