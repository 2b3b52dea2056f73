package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Named;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Sums;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Collects what will be the record of one round. */
final class RoundInProgress {
    /** In the order in which they came, which mostly is that of their ids: then nothing has to be sorted. */
    private final Map<String, ClientRound> clients = new LinkedHashMap<>();
    private final SortedMap<String, String> discarded = new TreeMap<>();
    private final Set<String> counted = new LinkedHashSet<>();
    private final Set<String> metrics;
    private Sums training = Sums.NONE;
    private Sums evaluation = Sums.NONE;
    private Sums central = Sums.NONE;

    /** @param metrics that are asked for beside the usual ones */
    RoundInProgress(Set<String> metrics) {
        this.metrics = metrics;
    }

    void trained(String client, ModelUpdate update) {
        trained(client, update, 0);
    }

    /** @param staleness how many steps the model had made since the training began */
    void trained(String client, ModelUpdate update, int staleness) {
        counted.add(client);
        training = training.plus(update.sums());
        int cluster = (int) update.sums().get(Sums.CLUSTER);
        ClientRound before = client(client);
        clients.put(client,
                new ClientRound(Metrics.of(update.sums()).only(Set.of()), before.evaluation(), before.traffic(),
                        update.isPartial() ? OptionalDouble.of(update.share()) : OptionalDouble.empty(),
                        OptionalDouble.of(update.weight()),
                        cluster == 0 ? OptionalInt.empty() : OptionalInt.of(cluster), staleness));
    }

    void discarded(String client, String reason) {
        discarded.put(client, reason);
    }

    /** Those whose updates are in the new model. */
    Names counted() {
        return Names.copyOf(counted);
    }

    boolean counts(String client) {
        return counted.contains(client);
    }

    void evaluated(String client, Sums sums) {
        evaluation = evaluation.plus(sums);
        clients.put(client, client(client).evaluated(Metrics.of(sums).only(metrics)));
    }

    void evaluatedHere(Sums sums) {
        central = sums;
    }

    void moved(Map<String, Traffic> traffic) {
        traffic.forEach(this::moved);
    }

    void moved(String client, Traffic traffic) {
        clients.put(client, client(client).moved(traffic));
    }

    RoundRecord record(int round, SortedSet<String> asked, Duration duration) {
        return new RoundRecord(round, Metrics.of(training).only(Set.of()), ofAll(evaluation), Named.copyOf(clients),
                duration,
                discarded, asked, ofAll(central));
    }

    private Metrics ofAll(Sums sums) {
        return Metrics.of(sums).only(metrics).withConfusion(sums);
    }

    /** The record, with what was collected here of its model. */
    RoundRecord evaluated(RoundRecord record) {
        return record.with(Metrics.of(evaluation).only(metrics).withConfusion(evaluation), Named.copyOf(clients));
    }

    private ClientRound client(String client) {
        return clients.getOrDefault(client, ClientRound.NONE);
    }
}
