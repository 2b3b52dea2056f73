package dev.hansa.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.client.Client;
import dev.hansa.core.coordinator.Checkpoint;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Draw;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunEvent;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learner;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.Names;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.simulation.LocalFleet;
import dev.hansa.core.simulation.TableSource;
import dev.hansa.core.strategy.ServerState;
import dev.hansa.core.strategy.Strategies;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Measures how many clients a second are simulated, by the same round loop as any simulation. */
public final class SimulateBench {
    private static final String RUN = "bench";
    private static final String SET = "rows";
    private static final int BATCH = 10;
    private static final int HELD_OUT_ROWS = 2000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final SimulateWork work;
    private final int threads;
    private final Consumer<String> progress;
    private final SyntheticRows synthetic;
    private final Preprocessing preprocessing;

    public SimulateBench(SimulateWork work, int threads, Consumer<String> progress) {
        this.work = work;
        this.threads = threads;
        this.progress = progress;
        this.synthetic = work.synthetic();
        this.preprocessing = Preprocessing.identity(synthetic.schema());
    }

    /** How often clients were trained, in the measured rounds of one run. */
    public record Pass(double perProcessorSecond, double perSecond) {}

    /**
     * All passes, each a whole run, and what each ends in.
     *
     * @param norm of the last model
     * @param loss of it on held-out rows
     * @param startSeconds from the start of the process to the first round
     */
    public record Result(List<Pass> passes, double norm, double loss, double accuracy, double startSeconds) {}

    /** Runs so often. */
    public Result measure(int passes) throws InterruptedException {
        SortedMap<String, Client> clients = new TreeMap<>();
        for (int client = 0; client < work.population; client++) {
            Table rows = synthetic.rows(client, work.samples);
            clients.put(name(client), new Client(Map.of(SET, new TableSource(rows))));
        }
        List<Pass> measured = new ArrayList<>();
        double startSeconds = 0;
        Parameters model = null;
        try (LocalFleet fleet = new LocalFleet(clients, threads)) {
            for (int pass = 1; pass <= passes; pass++) {
                Stopwatch watch = new Stopwatch();
                model = run(fleet, watch);
                if (pass == 1) {
                    startSeconds = watch.startSeconds;
                }
                measured.add(watch.pass());
                progress.accept(String.format(Locale.ROOT, "%d of %d: %.1f clients a processor second", pass,
                        passes, measured.getLast().perProcessorSecond()));
            }
        }
        Metrics metrics = measured(Objects.requireNonNull(model));
        return new Result(measured, model.l2Norm(),
                metrics.get(Metrics.LOSS).orElseThrow(), metrics.get(Metrics.ACCURACY).orElseThrow(), startSeconds);
    }

    private static String name(int client) {
        return String.format(Locale.ROOT, "client-%04d", client);
    }

    private Parameters run(LocalFleet fleet, Stopwatch watch) throws InterruptedException {
        RunSpec spec = new RunSpec("bench " + work, "",
                new DataSpec(SET, synthetic.schema(), new HoldOut.None(), false), work.model,
                Strategies.fedAvg(new LocalTraining(1, BATCH, work.rate, 0, 0, false), Weighting.EXAMPLES),
                Compression.NONE, work.rounds + 1, new Cohort(work.population, OptionalInt.of(work.cohort), work.cohort,
                        1, Duration.ofHours(1), false, new InTurn()),
                new Evaluation(0), StopRule.NEVER, new Seed(0));
        MemoryStore store = new MemoryStore(watch::hears);
        store.save(RUN, new Checkpoint(
                ServerState.start(synthetic.initial(Learners.of(work.model, synthetic.schema()))),
                preprocessing, new TreeMap<>(), new TreeMap<>(), List.of()));
        new RunLoop(RUN, spec, fleet, store, Clock.systemUTC()).run();
        return store.latest(RUN).orElseThrow().state().parameters();
    }

    private Metrics measured(Parameters model) {
        Learner learner = Learners.of(work.model, synthetic.schema());
        Table table = synthetic.rows(SyntheticRows.HELD_OUT, HELD_OUT_ROWS);
        Examples rows = preprocessing.apply(table, table.rows(false));
        return Metrics.of(learner.evaluate(model, rows));
    }

    /** One cohort after the other, round and round. */
    private static final class InTurn implements CohortSelector {

        @Override
        public SortedSet<String> select(Draw draw) {
            Names all = Names.copyOf(draw.available());
            int first = draw.history().size() * draw.wanted();
            return all.at(IntStream.range(first, first + draw.wanted()).map(i -> i % all.size()).toArray());
        }
    }

    /** Looks at the clocks when the first round is over, and when the last is. */
    private final class Stopwatch {
        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private double startSeconds;
        private long cpu;
        private long wall;

        void hears(RunEvent event) {
            if (event instanceof RunEvent.RoundStarted started && started.round() == 1) {
                startSeconds =
                        (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
            }
            if (event instanceof RunEvent.RoundCommitted committed) {
                if (committed.record().round() == 1) {
                    cpu = -system.getProcessCpuTime();
                    wall = -System.nanoTime();
                } else if (committed.record().round() == work.rounds + 1) {
                    cpu += system.getProcessCpuTime();
                    wall += System.nanoTime();
                }
            }
        }

        Pass pass() {
            double updates = (double) work.cohort * work.rounds * NANOS_PER_SECOND;
            return new Pass(updates / cpu, updates / wall);
        }
    }
}
