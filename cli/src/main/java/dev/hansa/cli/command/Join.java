package dev.hansa.cli.command;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.Ending;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Folders;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.option.DataSets;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.cli.option.Options;
import dev.hansa.cli.option.Places;
import dev.hansa.cli.option.TokenFile;
import dev.hansa.cli.policy.KeptBudget;
import dev.hansa.cli.policy.PolicyFile;
import dev.hansa.cli.policy.SignedYaml;
import dev.hansa.client.Node;
import dev.hansa.client.NodeDirectory;
import dev.hansa.client.data.CsvSource;
import dev.hansa.client.ledger.Ledger;
import dev.hansa.core.data.DataSource;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa join}: a node. */
@Command(name = "join",
        description = {"Runs a node until Ctrl-C: trains on rows of this machine for a coordinator elsewhere.", "",
                "The first time it needs a join token from the coordinator's operator; after that it goes on as the "
                        + "same node without one. What it sends are updates of models and sums over rows, never a "
                        + "row. If the coordinator is away it waits."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE, ExitCode.Help.UNREACHABLE,
                ExitCode.Help.INTERRUPTED},
        footer = {"  ${ROOT-COMMAND-NAME} join @alice.token --data housing=alice.csv",
                "  ${ROOT-COMMAND-NAME} join --data housing=alice.csv"})
final class Join implements Callable<Integer> {
    private static final int MOST_TOKEN_BYTES = 10_000;

    @Mixin
    private final Output output;

    @Parameters(arity = "0..1", paramLabel = "TOKEN|@FILE|-",
            description = "The join token; better @ and a file that holds it, or - for standard input: then it does not "
                    + "stand in the list of processes. Without it, the node that joined before.")
    private Optional<String> token;

    @Option(names = "--data", required = true, paramLabel = "[SET=]CSV", converter = NamedFile.Converter.class,
            description = "Rows to train on, under the name of the data set by which runs ask for them (default: "
                    + DataSets.ONLY_SET + "); once for each data set.")
    private List<NamedFile> data;

    @Option(names = "--name", paramLabel = "NAME",
            description = "What the node wants to be called, if the token does not say. Default: this machine's user.")
    private Optional<String> name;

    @Option(names = "--show-models",
            description = "Let other nodes measure a model that was trained on this node's rows "
                    + "alone, where a run asks for that (evaluation.crossSite). Without it such a model does not leave the node.")
    private boolean showModels;

    @Option(names = "--policy", paramLabel = "POLICY.YAML",
            description = "What this node may do: which runs and columns, how much privacy, and how much of it in all. "
                    + "'node policy' explains it. Without it every run of the coordinator may train.")
    private Optional<Path> policy;

    @Option(names = "--no-policy",
            description = "Goes on without a policy where the node was kept within the budget of one, which every run "
                    + "may then spend.")
    private boolean noPolicy;

    @Option(names = "--ledger-witness", paramLabel = "FILE",
            description = "Notes in this file, too, how far the node's ledger goes, so that an old copy put back is "
                    + "noticed; on another disk at best. Default: witness in the policy.")
    private Optional<Path> witness;

    @Option(names = "--state", paramLabel = "DIR",
            description = "Where the node keeps its key and its work; of one node alone. Default: " + Places.NODE + ".")
    private Optional<Path> state;

    Join(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, CsvSource> sources = DataSets.of(data);
        Map<String, DataSource> served = new TreeMap<>(sources);
        Optional<Token> right = token.map(this::token);
        Places places = Places.of(output.console());
        Path home = state.orElseGet(() -> name.map(places::node).orElseGet(places::node));
        Folders.check("--state", home);
        if (noPolicy && policy.isPresent()) {
            throw CommandException.usage("--no-policy and --policy contradict each other, expected one of them");
        }
        KeptBudget kept = KeptBudget.of(home);
        kept.require(policy.isPresent() || noPolicy);
        Optional<PolicyFile> rules = rules(sources);
        JoinMessages messages = new JoinMessages(output::say, this::approve);
        try (NodeDirectory directory = NodeDirectory.open(home);
                Node node = right.isPresent()
                        ? Node.join(right.get(), name.orElse(System.getProperty("user.name", "node")), directory,
                                served, messages)
                        : Node.resume(directory, served, messages);
                Ending.Duty _ = output.console().ending().duty(node::close)) {
            if (showModels) {
                node.showModels();
            }
            node.readSigned(new SignedYaml());
            rules.map(PolicyFile::policy).ifPresent(node::obey);
            rules.ifPresent(file -> kept.keep(policy.get(), file));
            witness.or(() -> rules.flatMap(PolicyFile::witness)).ifPresent(node::ledgerWitness);
            rules.ifPresent(file -> file.warnings().forEach(
                    warning -> output.say("hansa: warning: " + warning)));
            output.say(rules.isPresent() ? "the policy " + policy.get() + " rules this node:"
                    : "no policy (--policy): every run of the coordinator may train on these rows, with or without"
                            + " privacy; '" + output.program("node ledger")
                            + "' shows what was told");
            rules.ifPresent(file -> file.words().forEach(line -> output.say("  " + line)));
            String reason = node.run();
            output.say(reason);
            output.json(Map.of("node", node.membership().node(), "reason", reason));
            return ExitCode.OK.number();
        }
    }

    /** What the owner types to decide on a run. */
    private String approve(String run) {
        return output.program("node approve ") + Output.quoted(run)
                + state.map(folder -> " --state " + Output.quoted(folder))
                        .orElseGet(() -> name.map(own -> " --name " + Output.quoted(own)).orElse(""));
    }

    /** Before anything is joined: a token that was used is gone. */
    private Optional<PolicyFile> rules(Map<String, CsvSource> sources) {
        witness.flatMap(Ledger::problemOfWitness).ifPresent(problem -> {
            throw CommandException.usage("--ledger-witness: " + problem);
        });
        return policy.map(file -> PolicyFile.forNode(file, sources, witness.isEmpty()));
    }

    private Token token(String given) {
        return Options.checked("the join token cannot be used", () -> Token.parse(Token.Kind.JOIN, text(given)));
    }

    private String text(String given) {
        try {
            if (given.equals("-")) {
                byte[] bytes = output.console().in().readNBytes(MOST_TOKEN_BYTES);
                return new String(bytes, StandardCharsets.UTF_8);
            }
            return given.startsWith("@") ? TokenFile.read(Path.of(given.substring(1))) : given;
        } catch (IOException e) {
            throw CommandException.usage("the join token cannot be read from standard input: " + e.getMessage());
        }
    }
}
