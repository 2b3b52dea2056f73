package dev.hansa.client.ledger;

import dev.hansa.core.FederationException;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.disk.PrivateFiles;
import java.io.FileOutputStream;
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
                throw LedgerException.ofWitness("the witness " + file.toAbsolutePath()
                        + " is none: expected one line of the form hansa-ledger NUMBER HASH");
            }
            return Optional.of(new LedgerHead(Long.parseLong(form.group(1)), Sha256.parse(form.group(2))));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Why a ledger's end cannot be noted there, for people; empty if it can, as far as that shows before it is written.
     */
    Optional<String> problem() {
        Path folder = file.toAbsolutePath().resolveSibling("");
        String found = !Files.isDirectory(folder) ? "its folder " + folder + " is not there"
                : Files.isDirectory(file) ? "it is a folder"
                        : !Files.isWritable(folder) ? "this user may not write to its folder " + folder : "";
        return found.isEmpty() ? Optional.empty()
                : Optional.of("the witness of the ledger, " + file.toAbsolutePath() + ", cannot be written: " + found
                        + ". Make the folder, or mount its disk, so that the user who runs the node may write to it; or name"
                        + " another file (witness in the policy, or join --ledger-witness)");
    }

    /** Writes beside it what {@link #take} puts in its place, so that a disk that takes no more is noticed before. */
    void prepare(LedgerHead head) {
        try {
            Files.deleteIfExists(next());
            PrivateFiles.create(next());
            try (FileOutputStream out = new FileOutputStream(next().toFile())) {
                out.write(("hansa-ledger " + head.sequence() + " " + head.hash().hex() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
                out.getFD().sync();
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Notes what was prepared; durable when it returns. */
    void take() {
        try {
            PrivateFiles.move(next(), file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private FederationException unusable(IOException e) {
        return new FederationException(problem().orElseGet(() -> "the witness of the ledger, " + file.toAbsolutePath()
                + ", cannot be used: " + e) + "; nothing is told until it can", true, e);
    }
}
