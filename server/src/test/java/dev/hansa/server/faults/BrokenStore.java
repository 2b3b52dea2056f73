package dev.hansa.server.faults;

import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Fleet.Sent;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RoundRecord.ClientRound;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Store;
import dev.hansa.core.model.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Keeps what the honest one keeps, but for what it tells of nodes' parts in rounds. */
final class BrokenStore implements Store {
    private final Store honest;
    private final UnaryOperator<ClientRound> told;

    BrokenStore(Store honest, UnaryOperator<ClientRound> told) {
        this.honest = honest;
        this.told = told;
    }

    @Override
    public Optional<Checkpoint> latest(String run) {
        return honest.latest(run);
    }

    @Override
    public Optional<Checkpoint> best(String run) {
        return honest.best(run);
    }

    @Override
    public void save(String run, Checkpoint checkpoint, Set<Sent> open, RunEvent... events) {
        List<RoundRecord> history = new ArrayList<>(checkpoint.history());
        history.replaceAll(this::broken);
        honest.save(run, new Checkpoint(checkpoint.state(), checkpoint.preprocessing(), checkpoint.rows(),
                checkpoint.refused(), history, checkpoint.closing(), checkpoint.best()), open, events);
    }

    private RoundRecord broken(RoundRecord record) {
        SortedMap<String, ClientRound> parts = new TreeMap<>(record.clients());
        parts.replaceAll((node, part) -> told.apply(part));
        return new RoundRecord(record.round(), record.training(), record.evaluation(), parts, record.duration(),
                record.discarded(), record.asked(), record.central());
    }

    @Override
    public Parameters model(String run, int round) {
        return honest.model(run, round);
    }

    @Override
    public void append(String run, RunEvent event) {
        honest.append(run, event);
    }
}
