package dev.hansa.cli.command.node;

import dev.hansa.cli.CommandException;
import dev.hansa.cli.Console;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.option.Places;
import dev.hansa.client.NodeDirectory;
import dev.hansa.client.policy.Approvals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which node is meant. */
final class StateOption {
    private final Console console;

    @Option(names = "--state", paramLabel = "DIR",
            description = "The folder of the node, as given to 'join'. Default: " + Places.NODE + ".")
    private Optional<Path> state;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of the node, as given to 'join'.")
    private Optional<String> name;

    StateOption(Console console) {
        this.console = console;
    }

    /** Its questions to its owner. */
    Approvals approvals() {
        return new Approvals(NodeDirectory.approvals(folder()));
    }

    /** As it was typed, to be typed again. */
    String text() {
        return state.map(folder -> " --state " + Output.quoted(folder)).orElse("")
                + name.map(own -> " --name " + Output.quoted(own)).orElse("");
    }

    /** Its folder. */
    Path folder() {
        Places places = Places.of(console);
        Path folder = state.orElseGet(() -> name.map(places::node).orElseGet(places::node));
        if (!Files.isDirectory(folder)) {
            throw CommandException.usage("there is no node in " + folder + "; --state names its folder, as in 'join'");
        }
        if (!NodeDirectory.isOfNode(folder)) {
            throw CommandException.usage(folder + " is no node's folder: it holds neither a node's key nor a ledger;"
                    + " --state names the folder that was given to 'join'");
        }
        return folder;
    }
}
