package dev.hansa.client;

import dev.hansa.client.http.LinkListener;
import dev.hansa.core.FederationException;
import dev.hansa.core.data.DataException;
import dev.hansa.core.protocol.Report;
import dev.hansa.core.protocol.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a node does to the owner's log; what a coordinator has chosen begins no line. */
public final class LoggingListener implements NodeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    @Override
    public void joined(Membership membership) {
        LOG.info("Joined {} as {}", membership.address(), OneLine.of(membership.node()));
    }

    @Override
    public void ready(Membership membership) {
        LOG.info("{} waits for work from {}", OneLine.of(membership.node()), membership.address());
    }

    @Override
    public void started(Task task) {
        LOG.info("{} of run {}, round {}", name(task), OneLine.of(task.run()), task.round());
    }

    @Override
    public void reported(Task task, Report report) {
        if (report instanceof Report.Refused refused) {
            LOG.warn("Run {} refused: {}", OneLine.of(task.run()), OneLine.of(refused.reason()));
        } else if (report instanceof Report.Failed failed) {
            LOG.warn("Round {} of run {} failed: {}", task.round(), OneLine.of(task.run()),
                    OneLine.of(failed.reason()));
        } else if (report instanceof Report.Fitted fitted && fitted.update().isPartial()) {
            LOG.info("Reported round {} of run {} after {} % of the training, for its time was over", task.round(),
                    OneLine.of(task.run()), String.format(Locale.ROOT, "%.1f", 100 * fitted.update().share()));
        } else {
            LOG.info("Reported round {} of run {}", task.round(), OneLine.of(task.run()));
        }
    }

    @Override
    public void unfit(String dataSet, DataException problem) {
        LOG.warn("The data set {} does not fit the run: {}", dataSet, lines(problem.detail()));
    }

    @Override
    public void ownModelKept(String run, Path file) {
        LOG.info("The own model of run {} is {}", OneLine.of(run), file);
    }

    @Override
    public void unread(String dataSet, FederationException problem) {
        LOG.warn("The data set {} cannot be read: {}", dataSet, message(problem));
    }

    @Override
    public void retrying(String address, String problem, Duration pause) {
        LOG.warn("Coordinator not reachable at {} ({}), trying again {}", address, OneLine.of(problem),
                LinkListener.when(pause));
    }

    @Override
    public void putOff(String address, String problem, Duration pause) {
        LOG.warn("Coordinator at {} puts this node off ({}), trying again {}", address, OneLine.of(problem),
                LinkListener.when(pause));
    }

    @Override
    public void reachableAgain(String address) {
        LOG.info("Coordinator at {} reached", address);
    }

    @Override
    public void clockCorrected(Duration ahead) {
        LOG.warn("The coordinator's clock is {} s ahead of this machine's; requests carry its time. Set the clock.",
                ahead.toMillis() / 1000);
    }

    @Override
    public void diskFailed(String taskId, FederationException problem) {
        LOG.warn("Task {} failed: {}", taskId, message(problem));
    }

    @Override
    public void dropped(String taskId) {
        LOG.info("Task {} dropped: its round is over", taskId);
    }

    @Override
    public void memoryLost(String run, String problem) {
        LOG.warn("What was remembered of earlier rounds {} is lost: {}",
                run.isEmpty() ? "" : "of run " + OneLine.of(run), OneLine.of(problem));
    }

    @Override
    public void answerKept(String taskId) {
        LOG.info("Task {} had been done before, its answer is delivered now", taskId);
    }

    @Override
    public void answerLost(String taskId, String problem) {
        LOG.warn("Task {} has to be done again if it is asked for again: its answer is not kept: {}", taskId,
                OneLine.of(problem));
    }

    @Override
    public void leftUntold(Exception problem) {
        LOG.info("Could not tell the coordinator that this node stops: {}", message(problem));
    }

    @Override
    public void objected(Task task, String reason) {
        LOG.warn("{} of run {} is not done: {}", name(task), OneLine.of(task.run()), OneLine.of(reason));
    }

    @Override
    public void ledgerNotice(String text) {
        LOG.warn("{}", text);
    }

    private static String message(Exception problem) {
        return OneLine.of(String.valueOf(problem.getMessage()));
    }

    /** What this machine itself puts on several lines. */
    private static String lines(String text) {
        return Arrays.stream(text.split("\\R")).map(OneLine::of).collect(Collectors.joining("\n  "));
    }

    private static String name(Task task) {
        if (task instanceof Task.Describe) {
            return "Describing the data";
        } else if (task instanceof Task.Statistics) {
            return "Statistics";
        }
        return task instanceof Task.Fit ? "Training"
                : task instanceof Task.Personalise ? "Finishing the own model" : "Evaluating";
    }
}
