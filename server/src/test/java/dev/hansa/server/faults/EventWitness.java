package dev.hansa.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunEvent.Phase;
import java.util.Set;
import java.util.TreeSet;

/** Sees what a run tells of itself: nobody is blamed who is honest, and who waits for the disk has a reason. */
final class EventWitness {
    private final Scenario scenario;
    private final Trace trace;
    private final Tally tally;
    /** Who was named in this round because the answer cannot be used. */
    private final Set<String> named = new TreeSet<>();
    private long troublesTold;

    EventWitness(Scenario scenario, Trace trace, Tally tally) {
        this.scenario = scenario;
        this.trace = trace;
        this.tally = tally;
    }

    /** @param troubles that the coordinator's disk has had */
    void happens(RunEvent event, long troubles) {
        trace.note(() -> "event " + event.getClass().getSimpleName() + switch (event) {
            case RunEvent.RoundStarted started ->
                    " " + started.round() + "." + started.attempt() + " " + started.cohort();
            case RunEvent.ClientAnswered answered -> " " + answered.client() + " " + answered.phase();
            case RunEvent.ClientSilent silent -> " " + silent.client() + " " + silent.phase();
            case RunEvent.ClientFailed failed -> " " + failed.client() + ": " + failed.reason();
            case RunEvent.UpdateDiscarded discarded -> " " + discarded.client() + ": " + discarded.reason();
            case RunEvent.RoundAbandoned abandoned -> " " + abandoned.reason();
            case RunEvent.Waiting waiting -> " " + waiting.present() + " of " + waiting.needed()
                    + waiting.waitsFor().replaceFirst(" \\(.*", ""); // in brackets are names of files, new each time
            case RunEvent.Failed failed -> ": " + failed.reason();
            default -> "";
        });
        tally(event);
        switch (event) {
            case RunEvent.UpdateDiscarded discarded when isTooOld(discarded.reason()) -> named.add(discarded.client());
            case RunEvent.UpdateDiscarded discarded -> named(discarded.client());
            case RunEvent.ClientFailed failed -> named(failed.client());
            case RunEvent.ClientRefused refusal -> named(refusal.client());
            case RunEvent.Waiting waiting when waiting.needed() == 0 -> {
                assertThat(troubles).as("troubles of the disk, since the run last waited for it")
                        .isGreaterThan(troublesTold);
                troublesTold = troubles;
            }
            default -> {
            }
        }
        boolean gaveUp = event instanceof RunEvent.RoundAbandoned
                || event instanceof RunEvent.ClientSilent silent && silent.phase() != Phase.EVALUATE
                        && silent.phase() != Phase.PERSONALISE;
        assertThat(scenario.patient() && gaveUp).as("%s, where everybody is waited for", event).isFalse();
    }

    private void named(String node) {
        named.add(node);
        assertThat(scenario.patient() && !scenario.mischief().deeds().containsKey(node))
                .as("%s, who is honest and has a good disk, cannot be used", node).isFalse();
    }

    private void tally(RunEvent event) {
        switch (event) {
            case RunEvent.UpdateDiscarded discarded -> tally.count(Mishap.UPDATE_DISCARDED);
            case RunEvent.ClientFailed failed -> tally.count(Mishap.NODE_FAILED);
            case RunEvent.ClientRefused refusal -> tally.count(Mishap.NODE_REFUSED);
            case RunEvent.ClientSilent silent -> tally.count(Mishap.NODE_SILENT);
            case RunEvent.RoundAbandoned abandoned -> tally.count(Mishap.ROUND_ABANDONED);
            case RunEvent.Waiting waiting when waiting.needed() == 0 -> tally.count(Mishap.RUN_WAITED_FOR_DISK);
            default -> {
            }
        }
    }

    /** Whether an update does not count because others were faster: nobody is blamed for that. */
    static boolean isTooOld(String reason) {
        return reason.contains("steps since its training began");
    }

    /** Updates of another round, or for another step, are asked for. */
    void forgetsNames() {
        named.clear();
    }

    boolean hasNamed(String node) {
        return named.contains(node);
    }

    /** That a request is put off needs a disk that failed, or a round that closed while an update was coming in. */
    void hadReason(Exception problem, boolean diskFailed) {
        assertThat(diskFailed || String.valueOf(problem.getCause()).contains("ClosedChannelException"))
                .as("a disk that failed is behind %s", problem).isTrue();
    }
}
