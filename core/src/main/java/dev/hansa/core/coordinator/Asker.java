package dev.hansa.core.coordinator;

import dev.hansa.core.coordinator.RunEvent.Phase;
import dev.hansa.core.model.Named;
import dev.hansa.core.model.Names;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks clients of one run and remembers who refused, and who failed the last time. */
final class Asker {
    private final String run;
    private final Fleet fleet;
    private final Store store;
    private final Duration deadline;
    private final SortedMap<String, String> refused = new TreeMap<>();
    private final SortedMap<String, String> failed = new TreeMap<>();
    private final SortedMap<String, String> postponed = new TreeMap<>();
    private volatile String waitsFor = "";

    Asker(String run, Fleet fleet, Store store, Duration deadline) {
        this.run = run;
        this.fleet = fleet;
        this.store = store;
        this.deadline = deadline;
    }

    /** For people. */
    static String names(SortedSet<String> clients) {
        return clients.isEmpty() ? "none" : Reasons.names(List.copyOf(clients));
    }

    /** The clients that take no part, with their reasons. */
    SortedMap<String, String> refused() {
        return Collections.unmodifiableSortedMap(refused);
    }

    /** Those of {@link #refused} before a restart. */
    void resume(SortedMap<String, String> refusedBefore) {
        refused.putAll(refusedBefore);
    }

    /** The clients whose answer to the last question could not be used, with the reasons. */
    SortedMap<String, String> failed() {
        return Collections.unmodifiableSortedMap(failed);
    }

    /**
     * Why that client's answer to the last question cannot be used, or did not come.
     *
     * @param asked those who were asked
     */
    String whyNot(String client, Set<String> asked) {
        String reason = failed.getOrDefault(client, refused.get(client));
        return reason != null ? reason : asked.contains(client) ? "it did not answer in time" : "it was not there";
    }

    /** Those who could be asked: at least so many, unless no more can come. */
    Names await(int clients) throws InterruptedException {
        return await(clients, Collections.emptySet());
    }

    /** The same, without those. */
    Names await(int clients, Set<String> without) throws InterruptedException {
        Names present = available().without(without);
        if (present.size() >= clients) {
            return present;
        }
        Set<String> excluded = new TreeSet<>(refused.keySet());
        excluded.addAll(without);
        String shortage = fleet.shortage(clients, excluded);
        store.append(run, new RunEvent.Waiting(clients, present,
                shortage.isEmpty() ? leftOut(clients, present) : shortage));
        return Names.copyOf(fleet.await(clients, excluded));
    }

    /** For people, if some are there and are not asked: what is waited for, and why they do not count; else empty. */
    private String leftOut(int clients, Names present) {
        Names all = Names.copyOf(fleet.available());
        Names refusing = all.without(all.without(refused.keySet()));
        Names atRest = all.without(refused.keySet()).without(present);
        if (refusing.isEmpty() && atRest.isEmpty()) {
            return "";
        }
        return clients + (clients == 1 ? " node" : " nodes") + "; here: "
                + (present.isEmpty() ? "nobody else" : names(present))
                + (refusing.isEmpty() ? "" : "; not asked, for they refuse: " + names(refusing))
                + (atRest.isEmpty() ? "" : "; not asked, for they rest between rounds: " + names(atRest));
    }

    /** Waits for those clients, unless they refused, and not longer than the patience. */
    void awaitReturn(Set<String> clients, Duration patience) throws InterruptedException {
        SortedSet<String> expected = new TreeSet<>(clients);
        expected.removeAll(refused.keySet());
        Names present = available();
        if (!present.containsAll(expected)) {
            store.append(run, new RunEvent.Waiting(expected.size(), present));
            fleet.awaitReturn(expected, patience);
        }
    }

    /** Those who can be asked now. */
    Names available() {
        return Names.copyOf(fleet.available()).without(refused.keySet());
    }

    /** How long to wait before the attempt. */
    Duration pauseBefore(int attempt) {
        return fleet.pauseBefore(attempt);
    }

    /** Who was asked by an earlier process, and not counted. */
    Optional<Fleet.Asked> asked(int round, Phase phase) {
        return fleet.asked(round, phase);
    }

    /** The answers so far are safe elsewhere, or not wanted. */
    void release() {
        fleet.release();
    }

    /**
     * Asks each client its own task and hands its answer on, in the order of their ids; what is not such an answer becomes
     * an event instead.
     *
     * @param tasks  by client
     * @param enough so many answers are all that is wanted
     * @param keeps  whether the parameters of an answer are wanted after it was handed on
     * @return by client, what went over the wire
     */
    <R extends Report> Map<String, Traffic> ask(Fleet.Question question, Named<Task> tasks, int enough,
            Class<R> expected, boolean keeps, BiConsumer<String, R> answer) throws InterruptedException {
        failed.clear();
        int round = question.round();
        Map<String, Traffic> traffic = new HashMap<>();
        fleet.ask(question, tasks, new Fleet.Patience(deadline, enough), new Fleet.Answers() {
            @Override
            public void arrived(String client, Traffic moved) {
                synchronized (traffic) {
                    traffic.put(client, moved);
                }
                store.append(run, new RunEvent.ClientAnswered(round, client, question.phase(), moved));
            }

            @Override
            public void count(String client, Report report) {
                usable(round, client, report, expected).ifPresent(usable -> answer.accept(client, usable));
            }

            @Override
            public boolean keepsUpdates() {
                return keeps;
            }
        });
        waitsFor = Reasons.grouped(postponed()).stream()
                .map(group -> Reasons.names(group.getValue()) + " (" + group.getKey() + ")")
                .collect(Collectors.joining(", "));
        synchronized (traffic) {
            if (traffic.size() < tasks.size()) {
                tasks.keySet().stream().filter(client -> !traffic.containsKey(client)).forEach(client -> store
                        .append(run, new RunEvent.ClientSilent(round, client, question.phase())));
            }
            return new HashMap<>(traffic);
        }
    }

    /** What is no answer becomes an event instead. */
    private <R extends Report> Optional<R> usable(int round, String client, Report report, Class<R> expected) {
        if (expected.isInstance(report)) {
            return Optional.of(expected.cast(report));
        } else if (report instanceof Report.Refused refusal) {
            refuse(client, refusal.reason());
        } else if (report instanceof Report.Failed failure) {
            if (failure.postponed()) {
                postpone(round, client, failure.reason());
            } else {
                fail(round, client, failure.reason());
            }
        } else {
            fail(round, client, "it answered with " + report.getClass().getSimpleName() + ", expected "
                    + expected.getSimpleName());
        }
        return Optional.empty();
    }

    /** What failed before is not told of any more. */
    void forgive() {
        failed.clear();
    }

    /** Asks one client, for whom nobody waits. */
    void send(Fleet.Sent sent, Task task) throws InterruptedException {
        fleet.send(sent, task, deadline);
    }

    /** What an earlier process sent, and no checkpoint has counted. */
    List<Fleet.Sent> sent() {
        return fleet.sent();
    }

    /** Waits for the next answer, or the next client that is silent; empty for other news. */
    Optional<Fleet.Answer> take() throws InterruptedException {
        Optional<Fleet.Answer> answer = fleet.take();
        answer.ifPresent(taken -> {
            int round = taken.sent().question().round();
            Phase phase = taken.sent().question().phase();
            store.append(run, taken.report().isPresent()
                    ? new RunEvent.ClientAnswered(round, taken.sent().client(), phase, taken.traffic())
                    : new RunEvent.ClientSilent(round, taken.sent().client(), phase));
        });
        return answer;
    }

    /** What was sent goes on without this. */
    void suspend() {
        fleet.suspend();
    }

    /** What was asked for, if that is what the client answered; what is not becomes an event instead. */
    <R extends Report> Optional<R> answered(Fleet.Answer answer, Class<R> expected) {
        return answer.report().flatMap(
                report -> usable(answer.sent().question().round(), answer.sent().client(), report, expected));
    }

    /** Nobody waits any more for what was sent for that. */
    void withdraw(Phase phase) {
        fleet.withdraw(phase);
    }

    /** The same of tasks that are made for it, and each answer is wanted. */
    <R extends Report> Map<String, Traffic> ask(Fleet.Question question, SortedSet<String> clients,
            Function<String, Task> task, Class<R> expected, BiConsumer<String, R> answer) throws InterruptedException {
        Names asked = Names.copyOf(clients);
        return ask(question, Named.owning(asked, asked.stream().map(task).toArray(Task[]::new)), Integer.MAX_VALUE,
                expected, true, answer);
    }

    /** Whether nobody has to be asked only in case others do not answer. */
    boolean isReliable() {
        return fleet.isReliable();
    }

    /** The client takes no part from now on. */
    void refuse(String client, String reason) {
        refused.put(client, reason);
        store.append(run, new RunEvent.ClientRefused(client, reason));
    }

    /** The client may answer later; told once, however often it is asked. */
    private void postpone(int round, String client, String reason) {
        failed.put(client, reason);
        if (!reason.equals(postponed.put(client, reason))) {
            store.append(run, new RunEvent.ClientFailed(round, client, reason, true));
        }
    }

    /** Whether one of those who were asked last has put off its answer, so that to wait for it is not in vain. */
    boolean isPostponed() {
        return !postponed().isEmpty();
    }

    /** Of those who were asked last. */
    private SortedMap<String, String> postponed() {
        SortedMap<String, String> last = new TreeMap<>(failed);
        last.entrySet().removeIf(one -> !one.getValue().equals(postponed.get(one.getKey())));
        return last;
    }

    /** Whose answers are put off, and why, for people; empty if none is. From any thread. */
    Optional<String> waitsFor() {
        return Optional.of(waitsFor).filter(text -> !text.isEmpty());
    }

    /** The client's answer cannot be used. */
    void fail(int round, String client, String reason) {
        failed.put(client, reason);
        store.append(run, new RunEvent.ClientFailed(round, client, reason));
    }

    /** The client's update cannot be counted. */
    void discard(int round, String client, String reason) {
        failed.put(client, reason);
        store.append(run, new RunEvent.UpdateDiscarded(round, client, reason));
    }

    /** The end of a run that cannot go on, with all refusals beside the reason. */
    Step.End end(String reason) {
        return new Step.End(new RunEvent.Failed(reason + Reasons.list("refused", refused)));
    }

    /** The end of a run whose new model is none. */
    Step.End diverged(int round, SortedSet<String> counted) {
        return end("round " + round + " diverged: the new model, made of the updates of " + names(counted)
                + ", holds values that are no finite numbers; a smaller rate of training or "
                + "server may help. The model of round " + (round - 1) + " is kept");
    }
}
