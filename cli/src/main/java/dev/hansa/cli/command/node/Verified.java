package dev.hansa.cli.command.node;

import dev.hansa.cli.live.Format;
import dev.hansa.client.ledger.LedgerFile;
import dev.hansa.wire.LedgerHead;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was verified of a ledger whose records hold together, and what was not.
 *
 * @param found   what was read and compared
 * @param witness that was asked; empty for none
 */
record Verified(Path file, LedgerBook book, LedgerFile found, Optional<Path> witness) {

    /** Whether a witness that was asked knows of the ledger; true also without one, and of a ledger without records. */
    boolean isCompared() {
        return witness.isEmpty() || found.known().isPresent() || book.records() == 0;
    }

    /** In words: how many hold together. */
    static String ofRecords(LedgerBook book) {
        return book.records() == 0 ? "it has no record yet"
                : book.records() == 1 ? "its one record holds together"
                        : "its " + Format.count(book.records(), "record") + " hold together";
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("the ledger " + file + " was verified: " + ofRecords(book)
                + book.head().map(head -> ", the last with the hash " + head.hash()).orElse(""));
        lines.add(compared());
        if (!found.isEnded()) {
            lines.add(
                    "the line of its last record does not end: the node is writing it, or a crash or an editor has left it;"
                            + " the record counts, and the node ends the line when it starts");
        }
        if (found.tornBytes() > 0) {
            lines.add("behind its records there are " + Format.count(found.tornBytes(), "byte")
                    + " that are none: a record that the node is writing, or what a crash, or a cut, has left of one. When the"
                    + " node starts it keeps them in a file beside, and goes on if neither its witness nor the coordinator"
                    + " knows of a record there");
        }
        return lines;
    }

    private String compared() {
        if (witness.isEmpty()) {
            return "no witness was asked, so an old copy in its place, or an end that was cut off, could not be noticed here:"
                    + " name the witness with --ledger-witness FILE or --policy POLICY.YAML. The coordinator is asked when"
                    + " the node starts";
        }
        if (found.known().isEmpty()) {
            String nothing = "the witness " + witness.get() + " is not there";
            return book.records() == 0 ? nothing + " yet"
                    : nothing
                            + " and was not compared, so an old copy in the place of the ledger, or an end that was cut off,"
                            + " could not be noticed: name the right file, or mount its disk; a node that starts with"
                            + " this witness makes it";
        }
        LedgerHead known = found.known().get();
        return "the witness " + witness.get() + " knows of record " + known.sequence()
                + (known.sequence() == book.records() ? ", the last" : ", and of none of those after it")
                + "; the coordinator is asked when the node starts";
    }

    /** For machines: which witness was asked, and the last record that it knows of. */
    Optional<Map<String, Object>> object() {
        return witness.map(asked -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("file", asked.toString());
            object.put("knows", found.known().map(LedgerHead::sequence).orElse(null));
            return object;
        });
    }
}
