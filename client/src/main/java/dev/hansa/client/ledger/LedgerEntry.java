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
 * @param event   what it costs, for data of which any other could be in the place (replace one)
 * @param epsilon of all that was told of the data set, this included; infinite if something was told without protection
 * @param delta   for which that ε holds
 * @param content of the answer: the same task may be answered again with the very same, at no cost
 * @param signer  the public key of the author whose signed file asked for it, which the node has verified
 */
public record LedgerEntry(Instant time, String run, int round, String task, String dataSet, Told told, DpEvent event,
        double epsilon, double delta, Sha256 content, Optional<String> signer) {}
