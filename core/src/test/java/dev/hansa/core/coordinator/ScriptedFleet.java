package dev.hansa.core.coordinator;

import dev.hansa.core.data.ColumnStatistics;
import dev.hansa.core.data.TableStatistics;
import dev.hansa.core.model.ModelUpdate;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Clients that answer as they are told. Unless told otherwise they describe one row, move each value of a model by 1 and
 * evaluate to an accuracy of a half. Nobody ever joins later.
 */
class ScriptedFleet implements Fleet {
    private final SortedMap<String, Function<Task, Optional<Report>>> clients = new TreeMap<>();
    private final List<Task> asked = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private final Map<Question, Asked> earlier = new HashMap<>();
    private final List<Sent> sentEarlier = new ArrayList<>();
    private final List<Errand> open = new ArrayList<>();
    private int released;
    private Patience patience = new Patience(Duration.ZERO, 0);
    private Runnable beforeAsking = () -> {};
    private Function<Integer, Duration> pause = attempt -> Duration.ZERO;

    /** Adds obedient clients. */
    ScriptedFleet with(String... ids) {
        for (String id : ids) {
            clients.put(id, task -> Optional.of(obey(task)));
        }
        return this;
    }

    /** Adds a client with a mind of its own; empty is silence. */
    ScriptedFleet with(String id, Function<Task, Optional<Report>> answer) {
        clients.put(id, answer);
        return this;
    }

    /** Takes a client away. */
    void leave(String id) {
        clients.remove(id);
    }

    /** Does this before each question. */
    ScriptedFleet beforeAsking(Runnable action) {
        beforeAsking = action;
        return this;
    }

    /** Wants such pauses; otherwise none. */
    ScriptedFleet pausing(Function<Integer, Duration> pauseBefore) {
        pause = pauseBefore;
        return this;
    }

    /** An earlier process asked these clients. */
    ScriptedFleet alreadyAsked(Question question, String... ids) {
        earlier.put(question, new Asked(question.attempt(), new TreeSet<>(Arrays.asList(ids))));
        return this;
    }

    @Override
    public Optional<Asked> asked(int round, RunEvent.Phase phase) {
        return earlier.entrySet().stream()
                .filter(entry -> entry.getKey().round() == round && entry.getKey().phase() == phase)
                .map(Map.Entry::getValue).findFirst();
    }

    @Override
    public void release() {
        earlier.clear();
        released++;
    }

    /** How long it was to wait the last time. */
    Patience patience() {
        return patience;
    }

    /** How often the answers were released. */
    int released() {
        return released;
    }

    /** All questions so far. */
    List<Question> questions() {
        return questions;
    }

    /** A client that is gone. */
    void remove(String id) {
        clients.remove(id);
    }

    /** All tasks so far. */
    List<Task> asked() {
        return asked;
    }

    static Report obey(Task task) {
        if (task instanceof Task.Fit fit) {
            float[] ones = new float[fit.parameters().size()];
            Arrays.fill(ones, 1);
            return fitted(Parameters.of(fit.parameters().layout(), ones));
        } else if (task instanceof Task.Evaluate) {
            return new Report.Evaluated(Sums.of(Map.of(Sums.EXAMPLES, 4.0, Sums.LOSS, 8.0, Sums.CORRECT, 2.0)));
        } else if (task instanceof Task.Personalise) {
            return new Report.Personalised(Sums.of(Map.of(Sums.EXAMPLES, 4.0, Sums.LOSS, 8.0, Sums.CORRECT, 2.0)),
                    Sums.of(Map.of(Sums.EXAMPLES, 4.0, Sums.LOSS, 4.0, Sums.CORRECT, 3.0)));
        }
        return described(new ColumnStatistics(1, 2, 4));
    }

    static Report fitted(Parameters difference) {
        return new Report.Fitted(new ModelUpdate(difference, 1, Sums.of(Map.of(Sums.EXAMPLES, 1.0, Sums.LOSS, 3.0))));
    }

    static Report described(ColumnStatistics x) {
        return new Report.Described(new TableStatistics(1, 4, new TreeMap<>(Map.of("x", x))));
    }

    @Override
    public SortedSet<String> available() {
        return new TreeSet<>(clients.keySet());
    }

    @Override
    public SortedSet<String> await(int wanted, Set<String> excluded) {
        SortedSet<String> present = available();
        present.removeAll(excluded);
        return present;
    }

    @Override
    public Duration pauseBefore(int attempt) {
        return pause.apply(attempt);
    }

    @Override
    public void ask(Question question, SortedMap<String, Task> tasks, Patience asking, Answers answers) {
        beforeAsking.run();
        questions.add(question);
        patience = asking;
        tasks.forEach((id, task) -> {
            asked.add(task);
            clients.get(id).apply(task).ifPresent(report -> {
                answers.arrived(id, new Traffic(10, 1));
                answers.count(id, report);
            });
        });
    }

    /** What an earlier process sent. */
    ScriptedFleet alreadySent(Question question, String... ids) {
        Arrays.stream(ids).forEach(id -> sentEarlier.add(new Sent(question, id)));
        return this;
    }

    /** What nobody has answered. */
    List<Sent> open() {
        return open.stream().map(Errand::sent).toList();
    }

    @Override
    public List<Sent> sent() {
        return List.copyOf(sentEarlier);
    }

    @Override
    public void send(Sent sent, Task task, Duration deadline) {
        sentEarlier.remove(sent);
        asked.add(task);
        questions.add(sent.question());
        open.add(new Errand(sent, task));
    }

    /** First sent, first answered. */
    @Override
    public Optional<Answer> take() {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        beforeAsking.run();
        Errand first = open.remove(0);
        return Optional.of(new Answer(first.sent, clients.get(first.sent.client()).apply(first.task),
                new Traffic(10, 1)));
    }

    @Override
    public void withdraw(RunEvent.Phase phase) {
        open.removeIf(errand -> errand.sent.question().phase() == phase);
    }

    private record Errand(Sent sent, Task task) {}
}
