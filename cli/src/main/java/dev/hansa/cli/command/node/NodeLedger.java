package dev.hansa.cli.command.node;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.live.Working;
import dev.hansa.cli.policy.PolicyFile;
import dev.hansa.client.NodeDirectory;
import dev.hansa.client.ledger.LedgerException;
import dev.hansa.client.ledger.LedgerFile;
import dev.hansa.client.policy.Approvals.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hansa node ledger}: shows and verifies what a node has told. */
@Command(name = "ledger",
        description = {
                "Verifies the node's ledger from its first record to its last, and shows what the node has told: of "
                        + "which data set, to which runs, and what that has cost; and which runs wait for a decision.",
                "",
                "Ends with 1, and names the record, if the ledger is not what the node wrote."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} node ledger",
                "  ${ROOT-COMMAND-NAME} node ledger --policy policy.yaml --json"})
final class NodeLedger implements Callable<Integer> {
    @Mixin
    private final Output output;

    @Mixin
    private final StateOption state;

    @Option(names = "--policy", paramLabel = "POLICY.YAML",
            description = "The node's policy: shows what is left of its budgets, and asks its witness.")
    private Optional<Path> policy;

    @Option(names = "--ledger-witness", paramLabel = "FILE", description = "The ledger's witness, as given to 'join'.")
    private Optional<Path> witness;

    NodeLedger(Console console) {
        this.output = new Output(console);
        this.state = new StateOption(console);
    }

    @Override
    public Integer call() {
        Path file = NodeDirectory.ledger(state.folder());
        Optional<PolicyFile> rules = policy.map(PolicyFile::forCommand);
        LedgerBook book = new LedgerBook();
        try {
            LedgerFile found;
            LedgerReport report;
            List<String> lines;
            try (Working _ = output.working("verifying " + file)) {
                found = LedgerFile.verify(file, witness.or(() -> rules.flatMap(PolicyFile::witness)), book::add);
                report = LedgerReport.of(book, rules.map(PolicyFile::policy));
                lines = report.lines();
            }
            lines.forEach(output::print);
            List<Question> waiting = Questions.waiting(state.approvals());
            if (!waiting.isEmpty()) {
                Questions.table(waiting, output.program("node approve RUN") + state.text()).forEach(output::print);
            }
            if (found.tornBytes() > 0) {
                output.say("its end is being written, or a crash has left it; nothing was told on it");
            }
            Map<String, Object> object = report.object();
            object.put("waiting", waiting.stream().map(Questions::object).toList());
            output.json(object);
            return ExitCode.OK.number();
        } catch (LedgerException e) {
            output.json(Map.of("valid", false, "problem", String.valueOf(e.getMessage())));
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
