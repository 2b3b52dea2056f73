package dev.hansa.server.faults;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** Asks as the honest one does, but for what a test breaks. */
abstract class BrokenFleet implements Fleet {
    /** Asks as it should. */
    protected final Fleet honest;

    BrokenFleet(Fleet honest) {
        this.honest = honest;
    }

    @Override
    public SortedSet<String> available() {
        return honest.available();
    }

    @Override
    public SortedSet<String> await(int clients, Set<String> excluded) throws InterruptedException {
        return honest.await(clients, excluded);
    }

    @Override
    public void awaitReturn(Set<String> clients, Duration patience) throws InterruptedException {
        honest.awaitReturn(clients, patience);
    }

    @Override
    public Duration pauseBefore(int attempt) {
        return honest.pauseBefore(attempt);
    }

    @Override
    public Optional<Asked> asked(int round, Phase phase) {
        return honest.asked(round, phase);
    }

    @Override
    public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
            throws InterruptedException {
        honest.ask(question, tasks, patience, answers);
    }

    @Override
    public List<Sent> sent() {
        return honest.sent();
    }

    @Override
    public void send(Sent sent, Task task, Duration deadline) throws InterruptedException {
        honest.send(sent, task, deadline);
    }

    @Override
    public Optional<Answer> take() throws InterruptedException {
        return honest.take();
    }

    @Override
    public void withdraw(Phase phase) {
        honest.withdraw(phase);
    }

    @Override
    public void suspend() {
        honest.suspend();
    }

    @Override
    public void release() {
        honest.release();
    }
}
