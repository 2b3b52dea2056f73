package dev.hansa.client.policy;

import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.message.TermsCodec;
import dev.hansa.wire.trust.Author;
import java.io.ByteArrayOutputStream;
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
        Task asks = task instanceof Task.Statistics ? task : new Task.Describe(task.run(), task.data());
        byte[] said = terms.map(say -> TermsCodec.encode(say).toByteArray()).orElse(new byte[0]);
        return new AskedContent(hash(TaskCodec.encode("", asks, blob -> {
            throw new AssertionError("no model is asked about");
        }).toByteArray(), said, bytes(author.map(Author::text).orElse(""))),
                part(task).map(AskedContent::bytes).map(Sha256::of));
    }

    private static Optional<String> part(Task task) {
        if (task instanceof Task.Describe describe) {
            return describe.hidden().isPresent() || describe.data().standardise()
                    ? Optional.of("sums: " + describe.hidden())
                    : Optional.empty();
        }
        return task instanceof Task.Fit fit && fit.shown() ? Optional.of("shown") : Optional.empty();
    }

    /** As messages, of which no two are the same: names may be any text, such as that of what follows on a name. */
    private static Sha256 hash(byte[]... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            byte[] one = Sha256.of(message).toBytes();
            all.write(one, 0, one.length);
        }
        return Sha256.of(all.toByteArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
