package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Asks clients of one run and remembers who refused. */
final class Asker {
    private final String run;
    private final Fleet fleet;
    private final Store store;
    private final Duration deadline;
    private final SortedMap<String, String> refused = new TreeMap<>();

    Asker(String run, Fleet fleet, Store store, Duration deadline) {
        this.run = run;
        this.fleet = fleet;
        this.store = store;
        this.deadline = deadline;
    }

    /** The clients that take no part, with their reasons; live. */
    SortedMap<String, String> refused() {
        return refused;
    }

    /** Those who could be asked: at least so many, unless no more can come. */
    SortedSet<String> await(int clients) throws InterruptedException {
        SortedSet<String> present = fleet.available();
        present.removeAll(refused.keySet());
        if (present.size() >= clients) {
            return present;
        }
        store.append(run, new RunEvent.Waiting(clients, present));
        return fleet.await(clients, refused.keySet());
    }

    /** Those who can be asked now. */
    SortedSet<String> available() {
        SortedSet<String> present = fleet.available();
        present.removeAll(refused.keySet());
        return present;
    }

    /**
     * Asks each client its own task and hands its answer on, in the order of their ids; refusals and failures become
     * events instead.
     *
     * @return by client, what went over the wire
     */
    SortedMap<String, Traffic> ask(int round, Phase phase, SortedSet<String> clients, Function<String, Task> task,
            BiConsumer<String, Report> answer) throws InterruptedException {
        SortedMap<String, Task> tasks = new TreeMap<>();
        clients.forEach(client -> tasks.put(client, task.apply(client)));
        SortedMap<String, Traffic> traffic = new TreeMap<>();
        fleet.ask(tasks, deadline, new Fleet.Answers() {
            @Override
            public void arrived(String client, Traffic moved) {
                synchronized (traffic) {
                    traffic.put(client, moved);
                }
                store.append(run, new RunEvent.ClientAnswered(round, client, phase, moved));
            }

            @Override
            public void count(String client, Report report) {
                if (report instanceof Report.Refused refusal) {
                    refused.put(client, refusal.reason());
                    store.append(run, new RunEvent.ClientRefused(client, refusal.reason()));
                } else if (report instanceof Report.Failed failure) {
                    store.append(run, new RunEvent.ClientFailed(round, client, failure.reason()));
                } else {
                    answer.accept(client, report);
                }
            }
        });
        synchronized (traffic) {
            return new TreeMap<>(traffic);
        }
    }
}
