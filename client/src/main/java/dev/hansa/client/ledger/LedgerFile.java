package dev.hansa.client.ledger;

import dev.hansa.core.FederationException;
import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A ledger's file as it is read: a line for each record, in their order.
 *
 * <p>The line of a record ends before {@link Ledger#append} returns, and nothing is told before that. So a part of a record
 * without a line break is what a crash leaves, or what somebody left who cut the file; a record that is whole but for its line
 * break counts. Anything else that is not right is a change.
 *
 * @param wholeBytes of the file, which are records
 * @param tornBytes  behind them
 * @param isEnded    whether the line of the last record ends
 * @param known      to the witness; empty if none was asked, or it knows of nothing
 */
public record LedgerFile(long wholeBytes, long tornBytes, boolean isEnded, Optional<LedgerHead> known) {

    /**
     * Verifies the file from its beginning.
     *
     * @param records is given each record
     * @throws LedgerException     naming the first record that is not what was written
     * @throws FederationException if the file cannot be read
     */
    public static LedgerFile read(Path file, Consumer<LedgerRecord> records) {
        long whole = 0;
        long sequence = 0;
        Sha256 previous = LedgerRecord.NONE;
        if (Files.notExists(file)) {
            return new LedgerFile(0, 0, true, Optional.empty());
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                if (read != '\n') {
                    line.write(read);
                    continue;
                }
                sequence++;
                LedgerRecord record = record(file, text(line), sequence, previous);
                records.accept(record);
                previous = record.hash();
                whole += line.size() + 1;
                line.reset();
            }
            Optional<LedgerRecord> unended = unended(text(line), sequence + 1, previous);
            unended.ifPresent(records);
            return unended.isPresent() ? new LedgerFile(whole + line.size(), 0, false, Optional.empty())
                    : new LedgerFile(whole, line.size(), true, Optional.empty());
        } catch (IOException e) {
            throw new FederationException("cannot read the ledger " + file.toAbsolutePath() + ": " + e
                    + "; this node stops until it can", true, e);
        }
    }

    /** What is whole but for its line break: who has cut that off, or a crash, does not make it untold. */
    private static Optional<LedgerRecord> unended(String line, long sequence, Sha256 previous) {
        try {
            return line.isEmpty() ? Optional.empty() : Optional.of(RecordLine.read(line, sequence, previous));
        } catch (RuntimeException e) { // whatever Gson finds
            return Optional.empty();
        }
    }

    /**
     * The same, and that it has come so far as its witness knows; also while a node writes both.
     *
     * @param witness empty for none
     */
    public static LedgerFile verify(Path file, Optional<Path> witness, Consumer<LedgerRecord> records) {
        Optional<LedgerHead> known = witness.map(Witness::new).flatMap(Witness::head); // told last, so read first
        List<Sha256> hashes = new ArrayList<>();
        LedgerFile found = read(file, record -> {
            hashes.add(record.hash());
            records.accept(record);
        });
        known.ifPresent(head -> require(file, hashes, head, "the witness " + witness.get().toAbsolutePath()));
        return new LedgerFile(found.wholeBytes(), found.tornBytes(), found.isEnded(), known);
    }

    /** Requires that the ledger of these records has come so far as somebody else knows. */
    static void require(Path file, List<Sha256> hashes, LedgerHead known, String who) {
        if (known.sequence() > hashes.size()) {
            throw new LedgerException("the ledger " + file.toAbsolutePath() + " went back: it ends with record "
                    + hashes.size() + ", and " + who + " knows of record " + known.sequence()
                    + ", so an old copy was put in its place, or its end was cut off"
                    + (hashes.isEmpty() ? ", or it is new and " + who + " knew of another before" : ""));
        }
        if (!hashes.get((int) known.sequence() - 1).equals(known.hash())) {
            throw new LedgerException("the ledger " + file.toAbsolutePath() + " is another one: " + who
                    + " knows another record " + known.sequence()
                    + ", so an old copy was put in its place and gone on with, or it was written anew");
        }
    }

    private static String text(ByteArrayOutputStream line) {
        return new String(line.toByteArray(), StandardCharsets.UTF_8);
    }

    private static LedgerRecord record(Path file, String line, long sequence, Sha256 previous) {
        try {
            return RecordLine.read(line, sequence, previous);
        } catch (RuntimeException e) { // whatever Gson finds
            String problem = e instanceof IllegalArgumentException && e.getCause() == null
                    ? String.valueOf(e.getMessage())
                    : "is no record: " + e.getMessage();
            throw new LedgerException(
                    "the ledger " + file.toAbsolutePath() + " fails verification: record " + sequence + " (line "
                            + sequence + ") " + problem);
        }
    }
}
