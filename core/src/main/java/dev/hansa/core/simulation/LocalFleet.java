package dev.hansa.core.simulation;

import dev.hansa.core.FederationException;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients on threads of this process. All are always there, so no round waits and no deadline passes.
 *
 * <p>Answers are counted in the order of the clients' ids whatever the number of threads, and at most two a thread wait
 * for their turn: memory does not grow with the cohort.
 */
public final class LocalFleet implements Fleet, AutoCloseable {
    private final SortedMap<String, Client> clients;
    private final int threads;
    private final ExecutorService workers;

    /**
     * @param clients by id
     * @param threads at least 1
     */
    public LocalFleet(Map<String, Client> clients, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("got " + threads + " threads, expected at least 1");
        }
        this.clients = new TreeMap<>(clients);
        this.threads = threads;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "hansa-local-fleet");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public SortedSet<String> available() {
        return new TreeSet<>(clients.keySet());
    }

    @Override
    public boolean isReliable() {
        return true;
    }

    @Override
    public SortedSet<String> await(int wanted, Set<String> excluded) {
        SortedSet<String> present = available();
        present.removeAll(excluded);
        return present;
    }

    @Override
    public Duration pauseBefore(int attempt) {
        return Duration.ZERO;
    }

    @Override
    public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
            throws InterruptedException {
        Iterator<Map.Entry<String, Task>> waiting = tasks.entrySet().iterator();
        Queue<Pending> running = new ArrayDeque<>();
        try {
            while (waiting.hasNext() || !running.isEmpty()) {
                while (waiting.hasNext() && running.size() < 2 * threads) {
                    Map.Entry<String, Task> next = waiting.next();
                    running.add(submit(next.getKey(), next.getValue(), answers));
                }
                Pending first = running.element(); // stays in the queue, to be cancelled, until it has answered
                Report report = first.report.get();
                running.remove();
                answers.count(first.client, report);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FederationException broken) {
                throw broken; // by the answers' taker: clients report theirs
            }
            throw new IllegalStateException("a client failed in a way it must not: " + e.getCause(), e.getCause());
        } finally {
            running.forEach(pending -> pending.report.cancel(true));
        }
    }

    private Pending submit(String id, Task task, Answers answers) {
        Client client = clients.get(id);
        if (client == null) {
            throw new IllegalArgumentException("no client is called " + id);
        }
        return new Pending(id, workers.submit(() -> {
            synchronized (client) { // one that was just cancelled may still be at work
                Report report = client.perform(task);
                answers.arrived(id, Traffic.NONE);
                return report;
            }
        }));
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private record Pending(String client, Future<Report> report) {}
}
