package dev.hansa.cli.command.node;

import dev.hansa.client.ledger.Unit;
import java.util.ArrayList;
import java.util.List;

/** What has to be known to read the figures of a ledger. */
final class LedgerNotes {
    private LedgerNotes() {}

    /** In sentences. */
    static List<String> of(LedgerBook book) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "epsilon counts all that was ever told of a data set, at the delta beside it, as if other rows had been in the"
                        + " place of all of its rows, or of one (replace one). A run's own epsilon ('privacy plan', reports) counts"
                        + " that run alone, at its own delta, and mostly a row or node that was there or not: the same noise comes to"
                        + " less there, and both are right.");
        if (isHidden(book, Unit.ROW) && !isHidden(book, Unit.DATA_SET)) {
            notes.add(
                    "not hidden: the noise hides each single row, and not all rows of this data set together; so it is meant"
                            + " where runs promise to hide rows (privacy: examples), and what rows have in common can be learned.");
        } else if (!isHidden(book, Unit.ROW)) {
            notes.add(
                    "not hidden: something was told without noise that this node could see or that its policy counts, so no"
                            + " epsilon bounds what others may learn of it.");
        }
        return notes;
    }

    private static boolean isHidden(LedgerBook book, Unit unit) {
        return book.sets().values().stream()
                .noneMatch(account -> Double.isInfinite(account.epsilon(account.delta(), unit)));
    }
}
