package dev.hansa.cli.command;

import dev.hansa.cli.live.Format;
import dev.hansa.client.Membership;
import dev.hansa.client.NodeListener;
import dev.hansa.client.http.LinkListener;
import dev.hansa.core.FederationException;
import dev.hansa.core.data.DataException;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Tells the data owner what the node does, a line an event; never the value of a row, but where data do not fit. What a
 * coordinator has chosen begins no line: names and reasons hold no control characters, and lines that follow are indented.
 */
final class JoinMessages implements NodeListener {
    private static final String OWN_NOISE = ", with noise";
    private static final String ITS_NOISE = ", to which the coordinator says that it adds noise";

    /** Of more the oldest is told again: runs are called as the coordinator likes, and there may be any number. */
    private static final int MOST_RUNS = 1000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Consumer<String> people;
    private final UnaryOperator<String> approve;
    /** The task that was performed last. */
    private Optional<Task> last = Optional.empty();

    /** What was said last of each of the last runs that are not done. */
    private final Map<String, String> objected = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_RUNS;
        }
    };
    /** The task whose answer is that objection; empty for others. */
    private String answeredByIt = "";

    /**
     * @param people  is told each line
     * @param approve what the owner types to decide on a run
     */
    JoinMessages(Consumer<String> people, UnaryOperator<String> approve) {
        this.people = people;
        this.approve = approve;
    }

    private void say(String line) {
        tell(Format.printable(line));
    }

    /** What this machine itself puts on several lines. */
    private void sayLines(String text) {
        tell(text.lines().map(Format::printable).collect(Collectors.joining("\n  ")));
    }

    private void tell(String text) {
        people.accept(LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + text);
    }

    @Override
    public void joined(Membership membership) {
        say("joined " + membership.address() + " as " + membership.node());
    }

    @Override
    public void ready(Membership membership) {
        say(membership.node() + " is ready and waits for work from " + membership.address() + "; Ctrl-C stops it");
    }

    @Override
    public void started(Task task) {
        last = Optional.of(task);
        answeredByIt = "";
    }

    private static String place(Task task) {
        return what(task) + (task.round() > 0 ? ", round " + task.round() : "");
    }

    /** What asks for it, and how it is called. */
    private static String what(Task task) {
        return (task instanceof Task.Statistics ? "survey " : "run ") + task.run();
    }

    @Override
    public void reported(Task task, Report report) {
        if (place(task).equals(answeredByIt)) {
            return; // why was said, and the coordinator is told no more of it
        }
        objected.remove(task.run());
        say(switch (report) {
            case Report.Described described -> "run " + task.run() + ": told the number of rows ("
                    + described.statistics().trainingRows() + " to train on, " + described.statistics().heldOutRows()
                    + " held out) and sums of columns" + noise(task);
            case Report.Summed _ -> what(task) + ": told sums over columns" + noise(task);
            case Report.Fitted _ -> place(task) + ": sent an update";
            case Report.Evaluated _ -> place(task) + ": told how good the model is on the held-out rows";
            case Report.Personalised _ -> place(task)
                    + ": finished and kept a model of its own, told how good it is on the held-out rows";
            case Report.Refused refused -> what(task) + ": refused: " + refused.reason();
            case Report.Failed failed -> place(task) + ": failed: " + failed.reason();
        });
    }

    private static String noise(Task task) {
        if (task instanceof Task.Describe described) {
            return described.hidden().map(asked -> asked.own() ? OWN_NOISE : ITS_NOISE).orElse("");
        }
        return !(task instanceof Task.Statistics asked) ? "" : switch (asked.question().noise().by()) {
            case CLIENTS -> OWN_NOISE;
            case COORDINATOR -> ITS_NOISE;
            case NOBODY -> ", without noise";
        };
    }

    @Override
    public void objected(Task task, String reason) {
        notDone(task, place(task) + ": not done: " + reason);
    }

    @Override
    public void undecided(Task task) {
        notDone(task, what(task) + " waits for you: '" + approve.apply(task.run())
                + "' shows what it asks for, and lets you decide");
    }

    private void notDone(Task task, String line) {
        answeredByIt = place(task);
        if (!line.equals(objected.put(task.run(), line))) { // asked again and again
            say(line);
        }
    }

    @Override
    public void ledgerNotice(String text) {
        sayLines(text);
    }

    @Override
    public void unfit(String dataSet, DataException problem) {
        sayLines("the data set " + dataSet + " does not fit a run (only you see this in full): " + problem.detail());
    }

    @Override
    public void ownModelKept(String run, Path file) {
        say("run " + run + ": the model of your own is " + file + "; hansa model personal makes it usable");
    }

    @Override
    public void unread(String dataSet, FederationException problem) {
        sayLines(
                "the data set " + dataSet + " cannot be read now (only you see this in full): " + problem.getMessage());
    }

    @Override
    public void retrying(String address, String problem, Duration pause) {
        say("the coordinator at " + address + " cannot be reached (" + problem + "), trying again "
                + LinkListener.when(pause));
    }

    @Override
    public void putOff(String address, String problem, Duration pause) {
        say("the coordinator at " + address + " puts this node off (" + problem + "), coming back "
                + LinkListener.when(pause));
    }

    @Override
    public void diskFailed(String taskId, FederationException problem) {
        say("a task could not be done and may come again: " + problem.getMessage());
    }

    @Override
    public void reachableAgain(String address) {
        say("the coordinator at " + address + " serves this node again");
    }

    @Override
    public void clockCorrected(Duration ahead) {
        say("this machine's clock differs from the coordinator's by " + ahead.abs().toSeconds()
                + " s; going on with its time. Set the clock.");
    }

    @Override
    public void dropped(String taskId) {
        say(last.map(task -> place(task) + ": ").orElse("")
                + "its round was over when the answer came, which is dropped");
    }

    @Override
    public void overtaken(String taskId) {
        say("a round was over before its model was here; nothing was done for it");
    }

    @Override
    public void memoryLost(String run, String problem) {
        say((run.isEmpty() ? "" : "run " + run + ": ")
                + "what was remembered of earlier rounds is lost, training makes up for it: "
                + problem);
    }

    @Override
    public void answerKept(String taskId) {
        last = Optional.empty(); // of a process before
        say("this was done before: sending the update that was kept");
    }

    @Override
    public void answerLost(String taskId, String problem) {
        say("the update could not be kept on this machine, it is made again if need be: " + problem);
    }
}
