package dev.hansa.cli.command.node;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.ExitCode;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.io.Times;
import dev.hansa.cli.live.Format;
import dev.hansa.client.NodeDirectory;
import dev.hansa.client.policy.Approvals;
import dev.hansa.client.policy.Approvals.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hansa node approve}: decides on a run. */
@Command(name = "approve",
        description = {
                "Shows what a run asks for that waits for its owner (approve: ask in the policy), and asks whether the node "
                        + "is to take part in it.",
                "",
                "'node ledger' lists what waits. A yes can be taken back; the node heeds that when it is asked next. A no can be "
                        + "taken back until the node has told it, mostly within seconds: then the run asks it no more, and "
                        + "is over for it. Whoever started the run may start it again, which asks again."},
        exitCodeList = {ExitCode.Help.OK, ExitCode.Help.FAILED, ExitCode.Help.USAGE},
        footer = {"  ${ROOT-COMMAND-NAME} node approve lines-3f9c",
                "  ${ROOT-COMMAND-NAME} node approve lines-3f9c --yes",
                "  ${ROOT-COMMAND-NAME} node approve lines-3f9c --deny"})
final class NodeApprove implements Callable<Integer> {
    private static final String WHEN =
            "the node heeds it when it is asked next: before a run's first round within some ten"
                    + " seconds, afterwards in the next round";

    /** It is asked so often for a yes or a no. */
    private static final int MOST_TIMES = 3;

    @Mixin
    private final Output output;

    @Mixin
    private final StateOption state;

    @Parameters(paramLabel = "RUN", description = "The run, as the node names it.")
    private String run;

    @Option(names = {"--yes", "-y"}, description = "Say yes, and do not ask.")
    private boolean yes;

    @Option(names = "--deny", description = "Say no, and do not ask.")
    private boolean deny;

    NodeApprove(Console console) {
        this.output = new Output(console);
        this.state = new StateOption(console);
    }

    @Override
    public Integer call() {
        if (yes && deny) {
            throw CommandException.usage("found --yes and --deny, expected one of them");
        }
        Approvals approvals = state.approvals();
        Question question = Questions.of(approvals, run).orElseThrow(() -> unasked(approvals));
        Questions
                .lines(question, approvals.decision(question), NodeDirectory.heard(state.folder()), Instant.now(),
                        output.console().terminal().columns())
                .forEach(output::print);
        Optional<Boolean> answer = yes || deny ? Optional.of(yes) : asked();
        if (answer.isEmpty()) {
            output.print("nothing was decided");
            return ExitCode.FAILED.number();
        }
        approvals.decide(question, answer.get(), Instant.now());
        String decision = answer.get() ? "approved" : "denied";
        output.print(decision + ": " + run + "; " + WHEN);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("run", run);
        object.put("decision", decision);
        object.put("text", question.text());
        object.put("about", question.about());
        output.json(object);
        return ExitCode.OK.number();
    }

    /** What a person at the terminal says; empty for neither, however often asked. */
    private Optional<Boolean> asked() {
        if (output.forMachines() || !output.console().terminal().answers()) {
            throw CommandException.usage("nothing was decided: there is nobody to ask here; read what "
                    + run + " asks for, then give --yes or --deny");
        }
        try {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(output.console().in(), StandardCharsets.UTF_8));
            for (int times = 0; times < MOST_TIMES; times++) {
                output.console().terminal().print("Let this node take part? [y/n] ");
                String line = in.readLine();
                Optional<Boolean> answer = line == null ? Optional.empty() : answer(line);
                if (line == null || answer.isPresent()) {
                    return answer;
                }
                output.say("found '" + line.strip() + "', expected y or n");
            }
            return Optional.empty();
        } catch (IOException e) {
            throw CommandException.usage("nothing was decided: the answer cannot be read: " + e.getMessage());
        }
    }

    private static Optional<Boolean> answer(String line) {
        return switch (line.strip().toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> Optional.of(true);
            case "n", "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private CommandException unasked(Approvals approvals) {
        return approvals.over(run)
                .map(over -> new CommandException(ExitCode.FAILED, "nothing was decided: the run " + run
                        + " is over for this node, which has refused it at " + Times.of(over.time()) + ": "
                        + Format.printable(over.why())
                        + ". The run asks it no more; if it is started again, it asks again"))
                .orElseGet(() -> CommandException.usage("this node was not asked about a run " + run
                        + waiting(approvals)));
    }

    private static String waiting(Approvals approvals) {
        String runs = Questions.waiting(approvals).stream().map(Question::run).collect(Collectors.joining(", "));
        return runs.isEmpty() ? "; none waits" : "; these wait: " + Format.printable(runs);
    }
}
