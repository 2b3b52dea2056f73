package dev.hansa.cli.simulate;

import dev.hansa.cli.io.InputFiles;
import dev.hansa.cli.io.Output;
import dev.hansa.cli.option.NamedFile;
import dev.hansa.spec.Partition;
import dev.hansa.spec.RunFile;
import dev.hansa.spec.document.Draft;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Value;
import dev.hansa.spec.document.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How many nodes a simulation has. Some strategies have to know of how many a round is drawn; where the file leaves
 * {@code cohort.nodes} out, a simulation knows how many clients it makes.
 */
public final class NodesOfPartition {
    private static final String NODES = "cohort.nodes";

    /** What tells it of a run file: options, or the file itself. */
    private final Function<Value, Optional<String>> clients;

    private NodesOfPartition(Function<Value, Optional<String>> clients) {
        this.clients = clients;
    }

    /** As options tell it, beside which the file's partition does not count; otherwise as that tells it. */
    public static NodesOfPartition of(List<NamedFile> data, Optional<Partition> typed) {
        if (typed.isPresent()) {
            return told(typed.get().numberOfClients());
        }
        return data.stream().allMatch(one -> one.name().isPresent())
                ? told(OptionalInt.of(data.size()))
                : new NodesOfPartition(document -> document.at("simulation.partition.clients").text());
    }

    private static NodesOfPartition told(OptionalInt number) {
        Optional<String> text = number.stream().mapToObj(String::valueOf).findFirst();
        return new NodesOfPartition(_ -> text);
    }

    /**
     * The run file; if it is refused because it does not say how many nodes there are, with as many as there are clients,
     * which is said.
     *
     * @throws InvalidSpecException naming all that is wrong with it as it was written
     */
    public RunFile read(Path path, Output output) throws IOException {
        try {
            return InputFiles.run(path);
        } catch (InvalidSpecException e) {
            RunFile file = instead(YamlText.parse(Files.readString(path), path.toString()), path.toString())
                    .orElseThrow(() -> e);
            output.say(taken(file));
            return file;
        }
    }

    /**
     * A changed run file that is refused, with as many nodes as it has clients then; empty if it is refused for something
     * else too, or says how many nodes there are.
     *
     * @param changes as {@link RunFile#with} takes them
     */
    public Optional<RunFile> instead(RunFile file, Map<String, String> changes, String name) {
        Draft draft = Draft.of(YamlText.parse(file.text(), name));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            draft = draft.with(change.getKey(), YamlText.parse(change.getValue(), name));
        }
        return instead(YamlText.parse(draft.text(), name), name);
    }

    private Optional<RunFile> instead(Value document, String name) {
        return clients.apply(document).filter(_ -> document.at(NODES).text().isEmpty()).flatMap(number -> {
            try {
                return Optional.of(
                        RunFile.parse(Draft.of(document).with(NODES, YamlText.parse(number, NODES)).text(), name));
            } catch (InvalidSpecException e) {
                return Optional.empty(); // something else is wrong, too
            }
        });
    }

    /** What to say of a file that was made so. */
    public static String taken(RunFile file) {
        return NODES + " is taken for " + file.spec().cohort().nodes()
                + ", as many as the simulation has clients; a real"
                + " run needs it in the run file";
    }
}
