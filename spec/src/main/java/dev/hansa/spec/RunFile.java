package dev.hansa.spec;

import dev.hansa.core.FederationException;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.spec.document.Draft;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.InvalidSpecException;
import dev.hansa.spec.document.Problem;
import dev.hansa.spec.document.Settings;
import dev.hansa.spec.document.TextFile;
import dev.hansa.spec.document.Value;
import dev.hansa.spec.document.YamlText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run file: its text, exactly as its author wrote it, the run that it describes, and what a simulation of it takes for
 * the nodes.
 *
 * <p>The text is what is stored, sent and kept with the model; the same text always reads as the same run.
 */
public record RunFile(String text, RunSpec spec, SimulationSpec simulation) {
    /** The most bytes of a run file. */
    public static final int MAX_BYTES = TextFile.MAX_BYTES;

    /**
     * Reads the text.
     *
     * @param name of the file, for messages
     * @throws InvalidSpecException naming all that is wrong with the text
     */
    public static RunFile parse(String text, String name) {
        Value document = YamlText.parse(text, name);
        Optional<Entries> run = RunKeys.RUN.read(document);
        run.ifPresent(Contradictions::check);
        document.throwProblems();
        RunSpec spec = PrivacyRefusals.promised(run.get(), RunKeys.build(run.get()));
        document.throwProblems();
        return new RunFile(text, spec,
                SimulationKeys.build(run.get().get(SimulationKeys.SIMULATION)));
    }

    /**
     * Reads the file.
     *
     * @throws InvalidSpecException naming all that is wrong with its text
     * @throws FederationException  if there is no such file or it cannot be read
     */
    public static RunFile read(Path file) {
        return parse(TextFile.read(file, "run file"), file.toString());
    }

    /** Every key by its path, such as {@code training.rate}, with its value on one line: written or by default. */
    public Map<String, String> settings() {
        return Settings.of(RunKeys.RUN, YamlText.parse(text, ""));
    }

    /** Whether the file itself says a single value under the path of a key, such as {@code cohort.nodes}. */
    public boolean says(String path) {
        return YamlText.parse(text, "").at(path).text().isPresent();
    }

    /**
     * The file as if it said something else, written without comments.
     *
     * @param name    of the new file, for messages
     * @param changes by path of a key, values in YAML
     * @throws InvalidSpecException naming all that is wrong with it then
     */
    public RunFile with(Map<String, String> changes, String name) {
        if (changes.isEmpty()) {
            return this;
        }
        Draft draft = Draft.of(YamlText.parse(text, name));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            draft = draft.with(change.getKey(), YamlText.parse(change.getValue(), name));
        }
        return parse(draft.text(), name);
    }

    /**
     * What works, and hardly anybody means: settings that have no effect in this run.
     *
     * @param file  as it was read
     * @param nodes how many there are; the largest number if that is not known
     */
    public List<Problem> warnings(Path file, int nodes) {
        Value document = YamlText.parse(text, file.toString());
        RunKeys.RUN.read(document).ifPresent(run -> {
            Oddities.check(run, nodes);
            spec.privacy().ifPresent(plan -> PrivacyOddities.check(run, plan, spec.rounds(), nodes));
        });
        return document.warnings();
    }

    /**
     * What is wrong with the file for some use of it, though not in itself.
     *
     * @param file as it was read
     * @param path of the key that would have to say something else, such as {@code cohort.size}
     */
    public InvalidSpecException problem(Path file, String path, String message) {
        Value value = YamlText.parse(text, file.toString()).at(path);
        value.problem(message);
        return value.problems();
    }
}
