package dev.hansa.cli.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a folder of results is of: the last file that is written into it, so that a folder with one is whole.
 *
 * @param format  of the folder, {@link #FORMAT} in this version
 * @param run     the {@link Fingerprint} of all that the run depends on
 * @param data    that of its rows alone
 * @param hansa   the version that ran it
 * @param outcome {@code finished}, {@code stopped} or {@code failed}
 * @param reason  why it ended
 * @param seconds that it took
 * @param content of its rows alone, whatever files and clients they had for names; null in receipts of before
 * @param littleLearned of a private run whose model has learnt next to nothing, that in words; null of others
 */
public record Receipt(int format, String run, String data, String hansa, String outcome, String reason,
        double seconds, @Nullable String content, @Nullable String littleLearned) {
    /** To be raised when a folder written before could not be taken for one written now. */
    public static final int FORMAT = 1;
    /** The file's name. */
    public static final String FILE = "result.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Of a run of which no more is known. */
    public Receipt(int format, String run, String data, String hansa, String outcome, String reason, double seconds) {
        this(format, run, data, hansa, outcome, reason, seconds, null, null);
    }

    /** The folder's receipt; empty if it has none that this version can read. */
    public static Optional<Receipt> of(Path folder) throws IOException {
        try {
            return Optional.ofNullable(JSON.readValue(Files.readString(folder.resolve(FILE)), Receipt.class))
                    .filter(read -> read.format == FORMAT && Stream.of(read.run, read.data, read.hansa, read.outcome,
                            read.reason).allMatch(Objects::nonNull));
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** As the file says it. */
    public String text() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    /** Whether the run came to its own end. */
    public boolean finished() {
        return outcome.equals("finished");
    }
}
