package dev.hansa.server.fleet;

import dev.hansa.core.protocol.Terms;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.message.TermsCodec;
import dev.hansa.wire.proto.Task;
import dev.hansa.wire.trust.SignedFile;
import java.util.Optional;

/**
 * What nodes are told with each task of a run, so that their owners can judge it.
 *
 * @param terms what the run says of itself
 * @param file  that asks for it, if its author has signed it
 */
public record Introduction(Optional<Terms> terms, Optional<SignedFile> file) {
    /** Nothing. */
    public static final Introduction NONE = new Introduction(Optional.empty(), Optional.empty());

    Task with(Task task) {
        Task told = terms.map(say -> task.toBuilder().setTerms(TermsCodec.encode(say)).build()).orElse(task);
        return file.map(known -> TaskCodec.with(known, told)).orElse(told);
    }
}
