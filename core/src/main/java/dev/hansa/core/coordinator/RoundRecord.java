package dev.hansa.core.coordinator;

import dev.hansa.core.model.Metrics;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a committed round.
 *
 * @param training   over all clients whose updates were counted
 * @param evaluation of the round's new model over all clients that evaluated; {@link Metrics#NONE} if nobody did
 * @param clients    by id: those that trained, evaluated, or both
 * @param discarded  by client, why its update was not counted; of the attempt that was committed
 */
public record RoundRecord(int round, Metrics training, Metrics evaluation, SortedMap<String, ClientRound> clients,
        Duration duration, SortedMap<String, String> discarded) {

    public RoundRecord {
        clients = Collections.unmodifiableSortedMap(new TreeMap<>(clients));
        discarded = Collections.unmodifiableSortedMap(new TreeMap<>(
                Objects.requireNonNullElse(discarded, Collections.emptySortedMap()))); // null in records of before
    }

    /** No update was discarded. */
    public RoundRecord(int round, Metrics training, Metrics evaluation, SortedMap<String, ClientRound> clients,
            Duration duration) {
        this(round, training, evaluation, clients, duration, Collections.emptySortedMap());
    }

    /** Bytes between the coordinator and all clients. */
    public Traffic traffic() {
        return clients.values().stream().map(ClientRound::traffic).reduce(Traffic.NONE, Traffic::plus);
    }

    /** How many updates were counted. */
    public long updates() {
        return clients.values().stream().filter(part -> !part.training().equals(Metrics.NONE)).count();
    }

    /** How many of them were partial. */
    public long partialUpdates() {
        return clients.values().stream().filter(part -> part.partial().isPresent()).count();
    }

    /**
     * One client's part.
     *
     * @param training   {@link Metrics#NONE} if no update of it was counted
     * @param evaluation of the global model on its held-out rows; {@link Metrics#NONE} if it has none or did not answer
     * @param partial    of an update that was counted though less was done than asked: the share that was done
     */
    public record ClientRound(Metrics training, Metrics evaluation, Traffic traffic, OptionalDouble partial) {
        /** Nothing yet. */
        public static final ClientRound NONE = new ClientRound(Metrics.NONE, Metrics.NONE, Traffic.NONE);

        /** All was done that was asked. */
        public ClientRound(Metrics training, Metrics evaluation, Traffic traffic) {
            this(training, evaluation, traffic, OptionalDouble.empty());
        }
    }
}
