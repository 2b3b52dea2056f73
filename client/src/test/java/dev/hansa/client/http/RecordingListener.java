package dev.hansa.client.http;

import dev.hansa.core.FederationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told. */
final class RecordingListener implements LinkListener {
    final List<String> told = new ArrayList<>();

    @Override
    public void retrying(String address, String problem, Duration pause) {
        told.add("retrying in " + pause.toMillis() + " ms: " + problem);
    }

    @Override
    public void putOff(String address, String problem, Duration pause) {
        told.add("put off for " + pause.toMillis() + " ms: " + problem);
    }

    @Override
    public void reachableAgain(String address) {
        told.add("reachable again");
    }

    @Override
    public void clockCorrected(Duration ahead) {
        told.add("clock corrected by " + ahead.toMillis() + " ms");
    }

    @Override
    public void diskFailed(String taskId, FederationException problem) {
        told.add("disk failed for " + taskId + ": " + problem.getMessage());
    }

    @Override
    public void dropped(String taskId) {
        told.add("dropped " + taskId);
    }

    @Override
    public void leftUntold(Exception problem) {
        told.add("left untold");
    }

    @Override
    public void answerKept(String taskId) {
        told.add("kept answer of " + taskId);
    }

    @Override
    public void answerLost(String taskId, String problem) {
        told.add("lost answer of " + taskId + ": " + problem);
    }
}
