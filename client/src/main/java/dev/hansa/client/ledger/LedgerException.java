package dev.hansa.client.ledger;

import dev.hansa.core.FederationException;
import java.nio.file.Path;

/** A ledger is not what the node wrote; nothing more may be told until its owner has mended that. */
public final class LedgerException extends FederationException {
    private static final long serialVersionUID = 1L;
    private static final String ANEW =
            "  2. Name a new witness file if there was one (witness in the policy, or --ledger-witness): the old one goes on"
                    + " to know of the old ledger.\n"
                    + "  3. Whoever runs the coordinator removes the node ('hansa nodes remove NAME') and makes a token with a new name"
                    + " ('hansa token --name NEW'), for no name is given twice.\n"
                    + "  4. Join with that token and a new folder: 'hansa join @TOKEN --state NEWFOLDER', and the other options as"
                    + " before.";
    private static final String REMEDY = ". This node stops: what it has told is no longer known for sure.\n"
            + "  If you have a copy of the ledger that nobody changed, with all its records: put it in its place and start"
            + " the node again.\n"
            + "  If not, begin anew:\n"
            + "  1. Keep the node's folder. 'hansa node ledger' with --state and its folder shows what of it holds together;"
            + " take what was spent off the budget in the policy, and all of it where that is not known.\n"
            + ANEW;
    private static final String REMEDY_OF_FORK =
            ". This node stops: what both have told counts, and each ledger knows of its"
                    + " own alone, so neither keeps to the budget any more.\n"
                    + "  1. Stop the other copy, too, and keep both folders. 'hansa node ledger' with --state and a folder shows what"
                    + " was spent there; take what both have spent off the budget in the policy (what"
                    + " was told before there were two stands in both).\n"
                    + ANEW;
    private static final String REMEDY_OF_WITNESS = ". This node stops: nobody knows whether its ledger is an old copy."
            + " If that is not the witness's file, name the right one (witness in the policy, or --ledger-witness). If it is,"
            + " it was damaged: move it away, and see with 'hansa node ledger' that the ledger has the newest of what was"
            + " told; the node begins the witness anew";

    private LedgerException(String text, boolean retry) {
        super(text, retry);
    }

    /** @param problem names the file and the record, what was found and what was expected */
    LedgerException(String problem) {
        this(problem + REMEDY, false);
    }

    /** @param who knows of another record of that number, for people */
    static LedgerException ofFork(Path file, long sequence, String who) {
        return new LedgerException("two copies of this node run, or an old copy was put back while it ran: " + who
                + " was told of another record " + sequence + " than that of the ledger " + file
                + ", the last of this copy" + REMEDY_OF_FORK, false);
    }

    /** @param problem names the file, what was found and what was expected */
    static LedgerException ofWitness(String problem) {
        return new LedgerException(problem + REMEDY_OF_WITNESS, false);
    }
}
