package dev.hansa.client.ledger;

import dev.hansa.wire.LedgerHead;
import dev.hansa.wire.Sha256;

/**
 * An entry in its place in the chain.
 *
 * @param sequence from 1
 * @param previous hash of the record before; of the first {@link #NONE}
 * @param hash     of all of this record but itself
 */
public record LedgerRecord(long sequence, LedgerEntry entry, Sha256 previous, Sha256 hash) {
    /** What the first record follows. */
    public static final Sha256 NONE = Sha256.fromBytes(new byte[Sha256.LENGTH_BYTES]);

    /** The ledger that ends with it. */
    public LedgerHead head() {
        return new LedgerHead(sequence, hash);
    }
}
