package dev.hansa.client.policy;

import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.Author;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a person decides on.
 *
 * @param run  the run as it describes itself, the same for all of its tasks
 * @param part what one of them asks for beside that: sums over columns, or that others see the model that it makes
 */
record AskedContent(Sha256 run, Optional<Sha256> part) {

    static AskedContent of(Task task, Optional<Terms> terms, Optional<Author> author) {
        String run = task.run() + "\n" + task.data() + "\n" + terms
                + (task instanceof Task.Statistics statistics ? "\n" + statistics.question() : "")
                + author.map(known -> "\n" + known).orElse("");
        return new AskedContent(hash(run), part(task).map(AskedContent::hash));
    }

    private static Optional<String> part(Task task) {
        if (task instanceof Task.Describe describe) {
            return describe.hidden().isPresent() || describe.data().standardise()
                    ? Optional.of("sums: " + describe.hidden())
                    : Optional.empty();
        }
        return task instanceof Task.Fit fit && fit.shown() ? Optional.of("shown") : Optional.empty();
    }

    private static Sha256 hash(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
