package dev.hansa.cli.command.node;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.client.NodeDirectory;
import dev.hansa.client.policy.Approvals;
import dev.hansa.client.policy.Approvals.Decision;
import dev.hansa.client.policy.Approvals.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa node approve}: decides on a run. */
@Command(name = "approve",
        description = {
                "Lets the node take part in a run that waits for its owner (approve: ask in the policy), or not.", "",
                "A decision can be changed; the node heeds it at the run's next task."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} node approve lines-3f9c",
                "  ${ROOT-COMMAND-NAME} node approve lines-3f9c --deny"})
final class NodeApprove implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final StateOption state;

    @Parameters(paramLabel = "RUN", description = "The run, as the node names it.")
    private String run;

    @Option(names = "--deny", description = "Say no.")
    private boolean deny;

    NodeApprove(Console console) {
        this.output = new Output(console);
        this.state = new StateOption(console);
    }

    @Override
    public Integer call() {
        Path folder = NodeDirectory.approvals(state.folder());
        Approvals approvals = new Approvals(folder);
        List<Question> questions = Files.isDirectory(folder) ? approvals.questions() : List.of();
        Question question = questions.stream().filter(one -> one.run().equals(run)).findFirst()
                .orElseThrow(() -> CommandException.usage("this node was not asked about a run " + run
                        + waiting(approvals, questions)));
        approvals.decide(question, !deny, Instant.now());
        output.print((deny ? "denied: " : "approved: ") + run + ": " + question.text());
        output.json(Map.of("run", run, "decision", deny ? "denied" : "approved", "text", question.text()));
        return ExitCode.OK.number();
    }

    private static String waiting(Approvals approvals, List<Question> questions) {
        String runs = questions.stream().filter(one -> approvals.decision(one) == Decision.NONE)
                .map(Question::run).collect(Collectors.joining(", "));
        return runs.isEmpty() ? "; none waits" : "; these wait: " + runs;
    }
}
