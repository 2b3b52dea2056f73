package dev.hansa.client.policy;

import dev.hansa.core.protocol.Mandate;
import dev.hansa.core.protocol.Task;
import dev.hansa.core.protocol.Terms;
import dev.hansa.wire.trust.Author;
import dev.hansa.wire.trust.FileSignature.Kind;
import dev.hansa.wire.trust.SignedFile;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who stands for a task: whose signature of the file holds, and whether the task is one of those that the file asks
 * for. A coordinator that sends somebody's file with a task of its own stands alone. For one thread.
 */
final class Signatures {
    private final SignedFiles files;
    private final Set<Author> wanted;
    /** The last file, for each round sends it again. */
    private @Nullable SignedFile last;
    private @Nullable Kind lastKind;
    private @Nullable Mandate mandate;
    private String problem = "";

    /** @param wanted nobody else's files are read: what is in them makes work, and anybody can sign one */
    Signatures(SignedFiles files, Set<Author> wanted) {
        this.files = files;
        this.wanted = wanted;
    }

    Standing of(Task task, Optional<Terms> terms, Optional<SignedFile> file) {
        if (!file.isPresent()) {
            return Standing.nobody("nobody has signed it");
        }
        if (wanted.isEmpty()) {
            return Standing.nobody("nobody's signature is asked for");
        }
        Author author = file.get().signature().author();
        Kind kind = task instanceof Task.Statistics ? Kind.STATISTICS : Kind.RUN;
        if (!wanted.contains(author) && file.get().holds(kind)) {
            return Standing.of(author);
        }
        Mandate asked = mandate(kind, file.get());
        if (asked == null) {
            return Standing.nobody(problem);
        }
        Optional<String> different = objection(asked, task, terms);
        return different.isPresent()
                ? Standing.nobody("it does not belong to the file that " + author + " has signed: " + different.get())
                : Standing.of(author);
    }

    /** What cannot be worked out from the file it does not ask for. */
    private static Optional<String> objection(Mandate asked, Task task, Optional<Terms> terms) {
        try {
            return asked.objection(task, terms);
        } catch (RuntimeException e) {
            return Optional.of("what that asks for cannot be worked out: " + e.getMessage());
        }
    }

    private @Nullable Mandate mandate(Kind kind, SignedFile file) {
        if (kind != lastKind || !file.equals(last)) {
            lastKind = kind;
            last = file;
            mandate = null;
            Author author = file.signature().author();
            if (!file.holds(kind)) {
                problem = "the signature is not one of its file by " + author;
                return null;
            }
            try {
                mandate = files.read(kind, file.text());
            } catch (RuntimeException e) {
                problem = "the file that " + author + " has signed cannot be read: " + e.getMessage();
            }
        }
        return mandate;
    }
}
