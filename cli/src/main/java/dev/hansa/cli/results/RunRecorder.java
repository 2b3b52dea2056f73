package dev.hansa.cli.results;

import dev.hansa.cli.live.NodeTraffic;
import dev.hansa.cli.report.RunResult;
import dev.hansa.core.coordinator.Closing;
import dev.hansa.core.coordinator.Failures;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.spec.RunFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps of a run's events what a report needs. */
public final class RunRecorder implements Consumer<RunEvent> {
    private final List<RoundRecord> rounds = new ArrayList<>();
    private final SortedMap<String, String> refused = new TreeMap<>();
    private final List<RunEvent.ClientLate> late = new ArrayList<>();
    private final List<RunEvent.RoundAbandoned> abandoned = new ArrayList<>();
    private final Failures failures = new Failures();
    private final NodeTraffic traffic = new NodeTraffic();
    private Closing closing = Closing.NONE;
    private @Nullable RunEvent end;

    @Override
    public void accept(RunEvent event) {
        traffic.accept(event);
        switch (event) {
            case RunEvent.RoundCommitted committed -> rounds.add(committed.record());
            case RunEvent.RoundEvaluated evaluated -> rounds.replaceAll(
                    round -> round.round() == evaluated.record().round() ? evaluated.record() : round);
            case RunEvent.ClientRefused refusal -> refused.put(refusal.client(), refusal.reason());
            case RunEvent.ClientFailed failed -> failures.add(failed);
            case RunEvent.ClientLate answer -> late.add(answer);
            case RunEvent.RoundAbandoned attempt -> abandoned.add(attempt);
            case RunEvent.Closed closed -> closing = closed.closing();
            case RunEvent.Finished _, RunEvent.Stopped _, RunEvent.Failed _ -> end = event;
            default -> {
            }
        }
    }

    /** Whether the run is over. */
    boolean ended() {
        return end != null;
    }

    /** All of a run that is over. */
    public RunResult result(RunFile file, Instant started, Duration duration, RunResult.Setting setting) {
        if (end == null) {
            throw new IllegalStateException("the run goes on");
        }
        return new RunResult(file.text(), file.spec(), rounds, end, refused, late, abandoned, traffic.byNode(), started,
                duration, setting, Optional.empty(), closing, failures.list());
    }
}
