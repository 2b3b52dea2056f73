package dev.hansa.client.ledger;

import dev.hansa.core.FederationException;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file elsewhere, on another disk say, that knows how far the ledger goes. */
record Witness(Path file) {
    private static final Pattern FORM = Pattern.compile("hansa-ledger ([1-9][0-9]{0,17}) ([0-9a-f]{64})\n");

    /**
     * How far it went; empty if nothing was noted yet.
     *
     * @throws LedgerException     if the file is no witness
     * @throws FederationException if it cannot be read
     */
    Optional<LedgerHead> head() {
        try {
            if (Files.notExists(file)) {
                return Optional.empty();
            }
            Matcher form = FORM.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            if (!form.matches()) {
                throw new LedgerException("the witness " + file.toAbsolutePath()
                        + " is none: expected one line of the form hansa-ledger NUMBER HASH");
            }
            return Optional.of(new LedgerHead(Long.parseLong(form.group(1)), Sha256.parse(form.group(2))));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Notes how far it goes; durable when it returns. */
    void note(LedgerHead head) {
        try {
            PrivateFiles.replace(file, ("hansa-ledger " + head.sequence() + " " + head.hash().hex() + "\n")
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private FederationException unusable(IOException e) {
        return new FederationException("the witness of the ledger, " + file.toAbsolutePath() + ", cannot be used: " + e
                + "; nothing is told until it can", true, e);
    }
}
