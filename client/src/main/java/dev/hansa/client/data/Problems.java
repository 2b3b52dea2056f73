package dev.hansa.client.data;

import dev.hansa.core.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one file: the first {@value #SHOWN} problems, and how many there are. */
final class Problems {
    static final int SHOWN = 10;

    private static final String REMEDY = "Mend the file, or have the run's schema changed.";

    private final Path file;
    private final List<String> messages = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private long count;

    Problems(Path file) {
        this.file = file;
    }

    /**
     * @param where the place in the file
     * @param what  what was expected and what was found, without quoting it
     * @param found what was found, for the owner alone; may be empty
     */
    void add(String where, String what, String found) {
        count++;
        if (count <= SHOWN) {
            messages.add(where + ": " + what);
            details.add(where + ": " + what + (found.isEmpty() ? "" : ": " + found));
        }
    }

    /**
     * @throws DataException with all of them
     */
    void throwIfAny() {
        if (count > 0) {
            throw new DataException(text(String.valueOf(file.getFileName()), messages),
                    text(file.toAbsolutePath().toString(), details));
        }
    }

    private String text(String name, List<String> lines) {
        if (count == 1) {
            return name + ", " + lines.get(0) + ". " + REMEDY;
        }
        String rest = count > SHOWN ? "\n  and " + (count - SHOWN) + " more" : "";
        return name + " has " + count + " problems:\n  " + String.join("\n  ", lines) + rest + "\n" + REMEDY;
    }
}
