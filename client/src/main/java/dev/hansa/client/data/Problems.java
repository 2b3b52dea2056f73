package dev.hansa.client.data;

import dev.hansa.core.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with one file. The owner is shown the first {@value #SHOWN} problems with their rows and cells, and told
 * how many there are; the coordinator hears which columns are wrong in what way, but of no row and no number of rows: it
 * could ask for such columns and categories that the answer tells who has which value.
 */
final class Problems {
    static final int SHOWN = 10;

    private final Path file;
    private final String remedy;
    private final Set<String> messages = new LinkedHashSet<>();
    private final List<String> details = new ArrayList<>();
    private long count;

    /** @param remedy a sentence that says what the owner can do */
    Problems(Path file, String remedy) {
        this.file = file;
        this.remedy = remedy;
    }

    /**
     * A problem of the header.
     *
     * @param where what of the file
     * @param what  what was expected and what was found, without quoting it
     * @param found what was found, for the owner alone; may be empty
     */
    void add(String where, String what, String found) {
        add("", where, what, found);
    }

    /** A problem of the row that begins on that line of the file; the rest as in {@link #add(String, String, String)}. */
    void add(long line, String where, String what, String found) {
        add("line " + line + ", ", where, what, found);
    }

    private void add(String row, String where, String what, String found) {
        count++;
        if (messages.size() < SHOWN) {
            messages.add(where + ": " + what);
        }
        if (count <= SHOWN) {
            details.add(row + where + ": " + what + (found.isEmpty() ? "" : ": " + found));
        }
    }

    /**
     * @throws DataException with all of them
     */
    void throwIfAny() {
        if (count > 0) {
            throw new DataException("the file does not fit: " + String.join("; ", messages) + ". " + remedy, detail());
        }
    }

    private String detail() {
        if (count == 1) {
            String problem = details.get(0);
            return file.toAbsolutePath() + ", " + problem + (problem.endsWith("?") ? " " : ". ") + remedy;
        }
        String rest = count > SHOWN ? "\n  and " + (count - SHOWN) + " more" : "";
        return file.toAbsolutePath() + " has " + count + " problems:\n  " + String.join("\n  ", details) + rest + "\n"
                + remedy;
    }
}
