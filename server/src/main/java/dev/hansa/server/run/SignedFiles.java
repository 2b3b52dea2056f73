package dev.hansa.server.run;

import dev.hansa.server.api.RejectedException;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.Limits;
import dev.hansa.wire.trust.FileSignature;
import dev.hansa.wire.trust.SignedFile;
import java.util.Optional;

/** Looks at signatures of files that are handed in: nodes would refuse what is wrong with them, and only later. */
final class SignedFiles {
    private SignedFiles() {}

    /** @throws RejectedException {@code bad-request} if the file is too large to be signed, or the signature does not hold */
    static void check(FileSignature.Kind kind, String text, Optional<FileSignature> signature) {
        if (signature.isEmpty()) {
            return;
        }
        boolean holds;
        try {
            holds = new SignedFile(text, signature.get()).holds(kind);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        if (!holds) {
            throw new RejectedException(ErrorCode.BAD_REQUEST, "the signature is not one of this file by "
                    + signature.get().author().text() + "; a file of at most " + Limits.SIGNED_FILE_BYTES
                    + " bytes has to be signed as it is sent");
        }
    }
}
