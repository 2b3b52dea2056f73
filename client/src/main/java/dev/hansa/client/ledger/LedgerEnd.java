package dev.hansa.client.ledger;

import dev.hansa.wire.disk.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The end of a ledger whose last line does not end, as after a crash. Nobody but a witness and the coordinator knows whether
 * that is all that is missing, so nothing of it is thrown away.
 */
final class LedgerEnd {
    private final Path file;
    private final RandomAccessFile out;
    private final int records;
    private final Optional<Path> witness;

    /**
     * @param out     the same file, to be written
     * @param records that it holds
     * @param witness that was asked, and knows of no more
     */
    LedgerEnd(Path file, RandomAccessFile out, int records, Optional<Path> witness) {
        this.file = file;
        this.out = out;
        this.records = records;
        this.witness = witness;
    }

    /**
     * Ends the line of the last record.
     *
     * @return the file's length
     */
    long complete(long length) throws IOException {
        out.seek(length);
        out.write('\n');
        out.getFD().sync();
        return length + 1;
    }

    /** What {@link #complete} has mended, for the owner. */
    String completed() {
        return "the ledger " + file.toAbsolutePath() + " ended without the line break of record " + records
                + ", as after a crash, or after somebody has edited it; the record is whole, counts, and has its line break"
                + " again";
    }

    /**
     * Cuts off what is behind the whole records, after it was kept beside the ledger.
     *
     * @return what was done, for the owner
     */
    String cut(long length, long torn) throws IOException {
        byte[] piece = new byte[Math.toIntExact(torn)];
        out.seek(length);
        out.readFully(piece);
        Path kept = keep(piece);
        out.setLength(length);
        out.getFD().sync();
        return "the ledger " + file.toAbsolutePath() + " ended in the middle of record " + (records + 1)
                + ", as after a crash before that was told, or after somebody has cut the file: its last "
                + torn
                + " bytes, which are no record, were cut off and are in " + kept.toAbsolutePath() + ". "
                + witness
                        .map(asked -> "The witness " + asked.toAbsolutePath() + " knows of no record but the " + records
                                + " that are left; ")
                        .orElse("There is no witness to ask; ")
                + "the coordinator is asked next, and if it knows of one more the node stops";
    }

    /** In a file of its own; the same piece again, of a start that was interrupted, in the same. */
    private Path keep(byte[] piece) throws IOException {
        String name = file.getFileName() + ".cut-" + (records + 1);
        Path kept = file.resolveSibling(name);
        for (int other = 2; Files.exists(kept) && !Arrays.equals(Files.readAllBytes(kept), piece); other++) {
            kept = file.resolveSibling(name + "-" + other);
        }
        PrivateFiles.replace(kept, piece);
        return kept;
    }
}
