package dev.hansa.wire;

/**
 * How far a node's ledger goes: its last record, which by its hash stands for all before it.
 *
 * @param sequence the record's number, from 1
 */
public record LedgerHead(long sequence, Sha256 hash) {
    public LedgerHead {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence is " + sequence + ", expected at least 1");
        }
    }
}
