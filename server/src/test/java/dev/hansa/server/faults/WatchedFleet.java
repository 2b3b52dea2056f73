package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The real fleet, with a witness beside it; it pauses in the world's time. */
final class WatchedFleet implements Fleet {
    private final Fleet fleet;
    private final Scheduler scheduler;
    private final Witness witness;
    private final Tables tables;
    private final Supplier<List<String>> spool;
    private final Tally tally;

    WatchedFleet(Fleet fleet, Scheduler scheduler, Witness witness, Tables tables, Supplier<List<String>> spool,
            Tally tally) {
        this.fleet = fleet;
        this.scheduler = scheduler;
        this.witness = witness;
        this.tables = tables;
        this.spool = spool;
        this.tally = tally;
        tables.tasks().stream().filter(row -> row.report().isPresent())
                .forEach(row -> tally.count(Mishap.REPORT_RESTORED));
        scheduler.judge(() -> witness.begins(spool.get(), tables.tasks()));
    }

    @Override
    public SortedSet<String> available() {
        return fleet.available();
    }

    @Override
    public SortedSet<String> await(int clients, Set<String> excluded) throws InterruptedException {
        return fleet.await(clients, excluded);
    }

    @Override
    public void awaitReturn(Set<String> clients, Duration patience) throws InterruptedException {
        fleet.awaitReturn(clients, patience);
    }

    @Override
    public Duration pauseBefore(int attempt) {
        scheduler.sleep(fleet.pauseBefore(attempt));
        return Duration.ZERO;
    }

    @Override
    public Optional<Asked> asked(int round, Phase phase) {
        return fleet.asked(round, phase);
    }

    @Override
    public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
            throws InterruptedException {
        scheduler.judge(() -> witness.waits(question, tasks, spool.get()));
        SortedMap<String, Report> reports = new TreeMap<>();
        fleet.ask(question, tasks, patience, new Answers() {
            @Override
            public void arrived(String client, Traffic traffic) {
                answers.arrived(client, traffic);
            }

            @Override
            public void count(String client, Report report) {
                scheduler.judge(() -> assertThat(reports).as("counted twice").doesNotContainKey(client));
                reports.put(client, report);
                answers.count(client, report);
            }
        });
        scheduler.requireAlive();
        boolean early = reports.size() < tasks.size() && reports.size() >= patience.enough();
        if (early) {
            tally.count(Mishap.ROUND_CLOSED_EARLY);
        }
        scheduler.judge(() -> witness.counted(question, reports, tables.tasks()));
    }

    @Override
    public List<Sent> sent() {
        return fleet.sent();
    }

    @Override
    public void send(Sent sent, Task task, Duration deadline) throws InterruptedException {
        scheduler.judge(() -> witness.run().sends(sent, task));
        fleet.send(sent, task, deadline);
    }

    @Override
    public Optional<Answer> take() throws InterruptedException {
        boolean safe = witness.run().isAnswerSafe();
        Optional<Answer> answer = fleet.take();
        scheduler.requireAlive();
        scheduler.judge(() -> witness.run().takes(answer, safe));
        return answer;
    }

    @Override
    public void withdraw(Phase phase) {
        scheduler.judge(() -> witness.run().withdraws(phase));
        fleet.withdraw(phase);
    }

    @Override
    public void suspend() {
        fleet.suspend();
    }

    @Override
    public void release() {
        fleet.release();
        scheduler.requireAlive();
        scheduler.judge(() -> witness.run().released(spool.get()));
    }
}
