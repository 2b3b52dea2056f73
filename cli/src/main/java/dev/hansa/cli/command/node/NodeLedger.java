package dev.hansa.cli.command.node;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.live.Working;
import dev.hansa.cli.policy.PolicyFile;
import dev.hansa.client.NodeDirectory;
import dev.hansa.client.ledger.LedgerException;
import dev.hansa.client.ledger.LedgerFile;
import dev.hansa.client.policy.Approvals.Question;
import dev.hansa.core.FederationException;
import java.nio.file.Files;
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
                "That an old copy was put in the place of the ledger only somebody else can tell: a witness, which is named "
                        + "with --policy or --ledger-witness, or the coordinator, which the node asks when it starts.",
                "",
                "Ends with 1, and names the record, if the ledger is not what the node wrote; also if a witness was named and "
                        + "knows nothing of a ledger that has records."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} node ledger --all",
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

    @Option(names = "--all", description = "Show all records, not only the last " + LedgerBook.USUAL + ".")
    private boolean all;

    NodeLedger(Console console) {
        this.output = new Output(console);
        this.state = new StateOption(console);
    }

    @Override
    public Integer call() {
        Path file = NodeDirectory.ledger(state.folder());
        Optional<PolicyFile> rules = policy.map(PolicyFile::forCommand);
        Optional<Path> asked = witness.or(() -> rules.flatMap(PolicyFile::witness));
        LedgerBook book = new LedgerBook(all ? Integer.MAX_VALUE : LedgerBook.USUAL);
        try {
            LedgerFile found;
            LedgerReport report;
            try (Working _ = output.working("verifying " + file)) {
                found = LedgerFile.verify(file, asked, book::add);
                report = LedgerReport.of(book, rules.map(PolicyFile::policy));
            }
            Optional<FederationException> missing = missing(file);
            if (missing.isPresent()) {
                throw failed(missing.get(), book, rules);
            }
            Verified verified = new Verified(file, book, found, asked);
            verified.lines().forEach(output::print);
            report.lines(allOf()).forEach(output::print);
            List<Question> waiting = Questions.waiting(state.approvals());
            if (!waiting.isEmpty()) {
                Questions.table(waiting, output.program("node approve RUN") + state.text()).forEach(output::print);
            }
            Map<String, Object> object = report.object();
            object.put("witness", verified.object().orElse(null));
            object.put("waiting", waiting.stream().map(Questions::object).toList());
            output.json(object);
            return (verified.isCompared() ? ExitCode.OK : ExitCode.FAILED).number();
        } catch (LedgerException e) {
            throw failed(e, book, rules);
        }
    }

    /** That the ledger is missing, if so: a node makes it before it talks to its coordinator. */
    private Optional<FederationException> missing(Path file) {
        return NodeDirectory.heard(state.folder()).filter(time -> Files.notExists(file))
                .map(time -> new FederationException("the ledger " + file.toAbsolutePath()
                        + " is missing, though this node has worked for its coordinator, last at " + Times.of(time)
                        + ": it was removed or moved, and what the node has told cannot be shown. Put it back, or a copy of"
                        + " it as it was last, before the node starts again", false));
    }

    /** What holds together of it is what an owner who begins anew takes off the budget. */
    private CommandException failed(FederationException problem, LedgerBook book, Optional<PolicyFile> rules) {
        LedgerReport report = LedgerReport.of(book, rules.map(PolicyFile::policy));
        if (book.records() > 0) {
            output.print("the ledger fails verification (why is said below); " + Verified.ofRecords(book)
                    + " by themselves, and show at least:");
            report.lines(allOf()).forEach(output::print);
        }
        Map<String, Object> object = report.object();
        object.put("valid", false);
        object.put("problem", String.valueOf(problem.getMessage()));
        output.json(object);
        return new CommandException(ExitCode.FAILED, String.valueOf(problem.getMessage()), problem);
    }

    private String allOf() {
        return output.program("node ledger --all") + state.text();
    }
}
