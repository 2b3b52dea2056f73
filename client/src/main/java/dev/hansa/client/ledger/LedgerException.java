package dev.hansa.client.ledger;

import dev.hansa.core.FederationException;

/** A ledger is not what the node wrote; nothing more may be told until its owner has mended that. */
public final class LedgerException extends FederationException {
    private static final long serialVersionUID = 1L;
    private static final String REMEDY =
            ". This node stops: what it has told is no longer known for sure. Put the newest"
                    + " copy that nobody changed in its place; where there is none, join with a new folder (--state) and a new"
                    + " token, and take what was spent off the budget in the policy";

    /** @param problem names the file and the record, what was found and what was expected */
    LedgerException(String problem) {
        super(problem + REMEDY, false);
    }
}
