package dev.hansa.core.simulation;

import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Fleet;
import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Names;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Clients on threads of this process. Who is there and how long they take is told by {@link Durations}, in
 * {@linkplain #clock virtual time}, which costs none.
 *
 * <p>What is asked together is counted in the order of the clients' ids, what is {@linkplain #send sent} in the order of
 * virtual time, whatever the number of threads. At most two answers a thread wait for their turn, or a mebibyte of smaller
 * ones: memory does not grow with the cohort, nor with the {@link Population} but, where trainings take time, by how often
 * each client was asked to train.
 */
public final class LocalFleet implements Fleet, AutoCloseable {
    /** Who was not there in all of a week will not come. */
    private static final Duration PATIENCE = Duration.ofDays(7);
    /** Updates may wait to be counted that are so large together. */
    private static final int WAITING_BYTES = 1 << 20;
    /** Of the smallest answers so many. */
    private static final int MOST_WAITING = 256;

    private final Staff staff;
    private final Crew crew;
    private final VirtualClock clock = new VirtualClock();
    private final Durations durations;
    private final Errands errands;

    /**
     * Clients that take no time.
     *
     * @param clients by id
     * @param threads at least 1
     */
    public LocalFleet(Map<String, Client> clients, int threads) {
        this(clients, threads, Durations.NONE);
    }

    /** Clients that take so long to train. */
    public LocalFleet(Map<String, Client> clients, int threads, Durations durations) {
        this(Population.of(clients), threads, durations);
    }

    /** Clients that need not be there before they are asked. */
    public LocalFleet(Population population, int threads, Durations durations) {
        this.durations = durations;
        this.staff = new Staff(population, durations);
        this.crew = new Crew(threads);
        this.errands = new Errands(crew, staff, clock);
    }

    /** The virtual time: it stands still but for what clients take, and for deadlines. */
    public Clock clock() {
        return clock;
    }

    @Override
    public Names available() {
        return staff.present(clock.now());
    }

    @Override
    public boolean isReliable() {
        return durations.isReliable();
    }

    @Override
    public Names await(int wanted, Set<String> excluded) {
        Duration latest = clock.now().plus(PATIENCE);
        Names present = available().without(excluded);
        Optional<Duration> change = durations.nextChange(clock.now());
        while (present.size() < wanted && change.isPresent() && change.get().compareTo(latest) <= 0) {
            clock.advanceTo(change.get());
            present = available().without(excluded);
            change = durations.nextChange(clock.now());
        }
        return present;
    }

    @Override
    public Duration pauseBefore(int attempt) {
        return Duration.ZERO;
    }

    /** Who is too late is not asked at all. Those who take the place of one that failed are counted after the others. */
    @Override
    public void ask(Question question, SortedMap<String, Task> tasks, Patience patience, Answers answers)
            throws InterruptedException {
        List<Turn> turns = new ArrayList<>(tasks.size());
        tasks.forEach((client, task) -> turns.add(new Turn(client, task, staff.time(client, task))));
        turns.removeIf(turn -> turn.time.compareTo(patience.deadline()) > 0);
        turns.sort(Comparator.comparing(turn -> turn.time));
        boolean all = turns.size() == tasks.size();
        int wanted = patience.enough();
        int begun = 0;
        Duration last = Duration.ZERO;
        while (wanted > 0 && begun < turns.size()) {
            int end = begun + Math.min(wanted, turns.size() - begun);
            List<Turn> next = new ArrayList<>(turns.subList(begun, end));
            begun = end;
            last = next.get(next.size() - 1).time;
            next.sort(Comparator.comparing(turn -> turn.client));
            wanted -= perform(next, answers);
        }
        clock.advanceTo(clock.now().plus(wanted > 0 && !all ? patience.deadline() : last));
    }

    /** Gives how many did what was asked. */
    private int perform(List<Turn> turns, Answers answers) throws InterruptedException {
        int[] done = {0};
        crew.<Report>work(turns.size(), room(turns.get(0).task), number -> {
            Turn turn = turns.get(number);
            Report report = staff.perform(turn.client, turn.task);
            answers.arrived(turn.client, staff.traffic(turn.client, turn.task));
            return report;
        }, (number, report) -> {
            done[0] += report instanceof Report.Refused || report instanceof Report.Failed ? 0 : 1;
            Turn turn = turns.get(number);
            answers.count(turn.client, report);
            if (!answers.keepsUpdates()) {
                staff.reuse(turn.task, report);
            }
        });
        return done[0];
    }

    /** For how many answers to be there and not counted. */
    private int room(Task task) {
        int values = task instanceof Task.Fit fit ? fit.parameters().layout().size() : 1;
        return Math.max(2 * crew.threads(), Math.min(MOST_WAITING, WAITING_BYTES / Float.BYTES / Math.max(1, values)));
    }

    /** What one of many is asked, and how long it takes. */
    private record Turn(String client, Task task, Duration time) {}

    @Override
    public void send(Sent question, Task task, Duration deadline) {
        staff.requireKnown(question.client());
        errands.send(question, task, staff.time(question.client(), task), deadline);
    }

    @Override
    public Optional<Answer> take() throws InterruptedException {
        return errands.take();
    }

    @Override
    public void withdraw(Phase phase) {
        errands.withdraw(phase);
    }

    @Override
    public void close() {
        crew.close();
    }
}
