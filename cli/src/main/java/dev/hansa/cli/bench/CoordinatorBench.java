package dev.hansa.cli.bench;

import dev.hansa.cli.Ending;
import dev.hansa.cli.operator.UnreachableException;
import dev.hansa.core.FederationException;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.Traffic;
import dev.hansa.server.api.EventView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Measures a coordinator process under one workload. */
public final class CoordinatorBench {
    /** How long nodes wait until idleness is measured: they joined together and are spread then, and Java has compiled. */
    public static final Duration SETTLING = Duration.ofMinutes(8);
    private static final Duration WAIT = Duration.ofSeconds(25);
    /** Who looks at each event as it comes is work for the coordinator, too; the events tell their times themselves. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path parent;
    private final int heapMebibytes;
    private final Consumer<String> progress;
    private final Ending ending;

    /**
     * @param parent        in which a folder is made for what the processes keep; it is deleted at the end
     * @param heapMebibytes the most memory for the coordinator's objects
     * @param progress      is told what happens
     * @param ending        of the process: all that was started then ends, too
     */
    public CoordinatorBench(Path parent, int heapMebibytes, Consumer<String> progress, Ending ending) {
        this.parent = parent;
        this.heapMebibytes = heapMebibytes;
        this.progress = progress;
        this.ending = ending;
    }

    /**
     * What was measured.
     *
     * @param roundMillis  of each round after those for warming up; empty if the nodes were idle
     * @param bytesPerSecond payload in both directions, over those rounds
     * @param peakMemory   of the coordinator, resident, in bytes; only Linux tells
     * @param earlyPeak    the same, when half of the rounds were done: memory that does not grow is the same
     * @param processorFraction of one core that the coordinator used meanwhile
     */
    public record Result(List<Long> roundMillis, double bytesPerSecond, OptionalLong peakMemory, OptionalLong earlyPeak,
            double processorFraction) {

        /** The time that a share of the rounds did not exceed; there must be rounds. */
        public long percentile(double share) {
            List<Long> sorted = roundMillis.stream().sorted().toList();
            return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
        }
    }

    /** Rounds one after the other, by nodes that are processes or emulated. */
    public Result rounds(Workload workload, boolean processes) throws IOException, InterruptedException {
        try (Workshop workshop = new Workshop(parent); Ending.Duty _ = ending.duty(workshop::close)) {
            BenchFederation federation = new BenchFederation(workshop, heapMebibytes);
            if (processes) {
                federation.launch(workload.nodes(), workload);
            } else {
                emulate(federation, workload);
            }
            String run = federation.operator().submit(workload.runFile().text()).id();
            return watch(federation, run, workload);
        }
    }

    private Result watch(BenchFederation federation, String run, Workload workload) throws InterruptedException {
        int all = workload.warmup() + workload.rounds();
        List<EventView> committed = new ArrayList<>();
        Gauge.Use use = federation.coordinator().use();
        OptionalLong earlyPeak = OptionalLong.empty();
        for (long seen = 0; committed.size() < all; federation.pass(LOOK)) {
            for (EventView view : news(federation, run, seen)) {
                seen = view.number();
                if (view.event() instanceof RunEvent.RoundCommitted) {
                    committed.add(view);
                    progress.accept("round " + committed.size() + " of " + all);
                    if (committed.size() == workload.warmup()) {
                        use = federation.coordinator().use();
                    }
                    if (committed.size() == all / 2) {
                        earlyPeak = federation.coordinator().peakMemory();
                    }
                } else if (view.event() instanceof RunEvent.Failed failed) {
                    throw new FederationException("the run failed: " + failed.reason(), true);
                }
            }
        }
        return result(committed.subList(workload.warmup() - 1, all), use.fraction(), federation.coordinator(),
                earlyPeak);
    }

    /** None while the coordinator is too busy to answer, which is what a benchmark may bring it to. */
    private List<EventView> news(BenchFederation federation, String run, long seen) throws InterruptedException {
        try {
            return federation.operator().events(run, seen, WAIT);
        } catch (UnreachableException e) {
            if (ending.interrupted()) { // and it falls for that
                throw e;
            }
            if (!federation.coordinator().isAlive()) {
                federation.pass(WAIT); // which tells why it ended
                throw e;
            }
            progress.accept(e.getMessage() + "; asking again");
            return List.of();
        }
    }

    private void emulate(BenchFederation federation, Workload workload) throws IOException, InterruptedException {
        federation.emulate(workload, joined -> {
            if (joined % 100 == 0 || joined == workload.nodes()) {
                progress.accept(joined + " of " + workload.nodes() + " nodes have joined");
            }
        });
    }

    /** Nodes that wait for work that does not come. */
    public Result idle(Workload workload, Duration time) throws IOException, InterruptedException {
        try (Workshop workshop = new Workshop(parent); Ending.Duty _ = ending.duty(workshop::close)) {
            BenchFederation federation = new BenchFederation(workshop, heapMebibytes);
            OptionalLong alone = federation.coordinator().peakMemory();
            emulate(federation, workload);
            progress.accept("they wait; measuring begins in " + SETTLING.toMinutes() + " minutes");
            federation.pass(SETTLING);
            progress.accept("measuring for " + time.toSeconds() + " seconds");
            Gauge.Use use = federation.coordinator().use();
            federation.pass(time);
            return new Result(List.of(), 0, federation.coordinator().peakMemory(), alone,
                    use.fraction());
        }
    }

    /** @param committed the rounds that are measured, and the one before */
    private static Result result(List<EventView> committed, double used, Gauge coordinator, OptionalLong earlyPeak) {
        List<Long> millis = new ArrayList<>();
        long bytes = 0;
        for (int i = 1; i < committed.size(); i++) {
            millis.add(Duration.between(committed.get(i - 1).time(), committed.get(i).time()).toMillis());
            RoundRecord record = ((RunEvent.RoundCommitted) committed.get(i).event()).record();
            Traffic traffic = record.traffic();
            bytes += traffic.sent() + traffic.received();
        }
        Instant first = committed.getFirst().time();
        double seconds = Math.max(1, Duration.between(first, committed.getLast().time()).toMillis()) / 1000.0;
        return new Result(millis, bytes / seconds, coordinator.peakMemory(), earlyPeak, used);
    }
}
