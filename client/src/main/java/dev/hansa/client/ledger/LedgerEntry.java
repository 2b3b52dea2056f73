package dev.hansa.client.ledger;

import dev.hansa.core.privacy.event.DpEvent;
import dev.hansa.wire.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * One answer that was about to leave.
 *
 * @param time    by the node's clock
 * @param told    what is in the answer
 * @param event   what it costs all rows of the data set together, where any others could be in their place (replace one)
 * @param epsilon in that unit, of all that was told of the data set, this included; infinite if something was told without protection
 * @param delta   for which that ε holds
 * @param content of the answer: the same task may be answered again with the very same, at no cost
 * @param signer  the public key of the author whose signed file asked for it, which the node has verified
 * @param row     what it costs a single row, in whose place any other could be; empty if that is the same
 * @param separation on which the promise of the run counted: so many rounds from one update of the node to the next; 1 for
 *                any
 * @param question that was answered, where the same, answered again to the same run, costs nothing
 */
public record LedgerEntry(Instant time, String run, int round, String task, String dataSet, Told told, DpEvent event,
        double epsilon, double delta, Sha256 content, Optional<String> signer, Optional<PerRow> row,
        int separation, Optional<Sha256> question) {

    /** The run may ask in any round. */
    public LedgerEntry(Instant time, String run, int round, String task, String dataSet, Told told, DpEvent event,
            double epsilon, double delta, Sha256 content, Optional<String> signer, Optional<PerRow> row) {
        this(time, run, round, task, dataSet, told, event, epsilon, delta, content, signer, row, 1, Optional.empty());
    }

    /** The same of a run whose promise counts on so much rest. */
    public LedgerEntry resting(int rounds) {
        return new LedgerEntry(time, run, round, task, dataSet, told, event, epsilon, delta, content, signer, row,
                rounds, question);
    }

    /** The same of an answer to that question. */
    public LedgerEntry answering(Optional<Sha256> asked) {
        return new LedgerEntry(time, run, round, task, dataSet, told, event, epsilon, delta, content, signer, row,
                separation, asked);
    }

    /**
     * What each single row pays, where that is less than all of them together.
     *
     * @param event   what this answer costs it
     * @param epsilon of all that was told of the data set
     */
    public record PerRow(DpEvent event, double epsilon) {}

    /** What it costs in that unit. */
    public DpEvent event(Unit unit) {
        return unit == Unit.ROW ? row.map(PerRow::event).orElse(event) : event;
    }

    /** What all has cost in that unit. */
    public double epsilon(Unit unit) {
        return unit == Unit.ROW ? row.map(PerRow::epsilon).orElse(epsilon) : epsilon;
    }
}
