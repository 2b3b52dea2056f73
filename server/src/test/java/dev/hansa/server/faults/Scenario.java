package dev.hansa.server.faults;

import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.CohortSelector;
import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.coordinator.Uniform;
import dev.hansa.core.coordinator.select.BySize;
import dev.hansa.core.coordinator.select.Cyclic;
import dev.hansa.core.coordinator.select.Poisson;
import dev.hansa.core.coordinator.select.PowerOfChoice;
import dev.hansa.core.coordinator.select.Separated;
import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.data.Table;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.protocol.Compression;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.protocol.Personalization;
import dev.hansa.core.protocol.Personalization.Ditto;
import dev.hansa.core.protocol.Personalization.FineTuning;
import dev.hansa.core.protocol.Personalization.LocalLayers;
import dev.hansa.core.strategy.Combination;
import dev.hansa.core.strategy.Strategies;
import dev.hansa.core.strategy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A small federation that a seed has drawn.
 *
 * @param patient    whether every round waits for all nodes, so that faults may not change the model
 * @param tables     by node
 * @param inline     whether small models and updates travel within messages, or all as blobs
 * @param mischief   of the nodes' owners
 * @param straggler  works longer than the others, perhaps than any round waits; empty if none does
 */
record Scenario(boolean patient, RunSpec run, SortedMap<String, Table> tables, boolean inline, Mischief mischief,
        String straggler) {
    static final String RUN = "run";
    static final String DATA_SET = "rows";
    /** Of each node, some of which it holds out. */
    static final int ROWS = 6;
    /** How long a patient run waits. */
    static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration SLOWEST = Duration.ofSeconds(20);

    static Scenario of(SplittableRandom random) {
        boolean patient = random.nextInt(3) > 0;
        int nodes = 2 + random.nextInt(3);
        int bad = random.nextInt(patient ? 4 : 2) == 0 ? random.nextInt(nodes) : 0;
        Schema schema = schema(1 + random.nextInt(9));
        SortedMap<String, Table> tables = new TreeMap<>();
        for (int node = 0; node < nodes; node++) {
            tables.put("node" + node, table(schema, random));
        }
        HoldOut holdOut = random.nextInt(3) > 0 ? new HoldOut.Every(3) : new HoldOut.None();
        int evaluateEvery = holdOut instanceof HoldOut.None ? 0 : 1 + random.nextInt(2);
        Cohort cohort = patient ? everybody(nodes, nodes - bad) : some(nodes, nodes - bad, random);
        LocalTraining training = cohort.partialWork()
                ? new LocalTraining(4, 1, 0.02, 0, 0, random.nextBoolean()) // in many steps, between which it may end
                : new LocalTraining(1, LocalTraining.FULL_BATCH, 0.05, 0, 0, random.nextBoolean());
        RunSpec run = new RunSpec("simulated", "",
                new DataSpec(DATA_SET, schema, holdOut, random.nextBoolean()), new ModelSpec.Linear(),
                strategy(training, nodes, random),
                compression(random), 2 + random.nextInt(3),
                cohort, new Evaluation(evaluateEvery),
                StopRule.NEVER, new Seed(random.nextLong()));
        String straggler = patient || random.nextBoolean() ? "" : "node" + random.nextInt(nodes);
        run = run.with(personalization(run.strategy(), random));
        List<String> rogues = List.copyOf(tables.keySet()).subList(0, bad);
        Scenario drawn = new Scenario(patient, run, tables, random.nextBoolean(),
                patient ? Mischief.refusals(rogues) : Mischief.of(rogues, random), straggler);
        return random.nextInt(4) == 0 ? drawn.with(BufferedRun.of(drawn, random)) : drawn;
    }

    private Scenario with(RunSpec other) {
        return new Scenario(patient, other, tables, inline, mischief, straggler);
    }

    /** Whether nodes are asked round by round, or each for itself. */
    boolean hasRounds() {
        return run.strategy().buffering().isEmpty();
    }

    /** How many nodes do nothing but what they should. */
    int honest() {
        return tables.size() - mischief.deeds().size();
    }

    /** Some of which let nodes remember more than what they held back, and send more than a model. */
    private static Strategy strategy(LocalTraining training, int nodes, SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Strategies.scaffold(training, 1, nodes);
            case 1 -> Strategies.fedDyn(training, 0.1, nodes);
            default -> Strategies.fedAvg(training, random.nextBoolean() ? Weighting.EXAMPLES : Weighting.UNIFORM);
        };
    }

    /** Some of which let nodes keep what is never sent, and be asked once more after the last round. */
    private static Personalization personalization(Strategy strategy, SplittableRandom random) {
        boolean plain = ((Combination) strategy).training().drift() == LocalTraining.Drift.UNCORRECTED;
        return switch (random.nextInt(8)) {
            case 0 -> new FineTuning(2, OptionalDouble.empty());
            case 1 -> new Ditto(0.5);
            case 2 -> plain
                    ? new LocalLayers(List.of("*.bias"), OptionalInt.empty(), new Seed(7))
                    : Personalization.none();
            default -> Personalization.none();
        };
    }

    private static Compression compression(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return Compression.NONE;
        }
        Compression.Values[] values = Compression.Values.values();
        return new Compression(values[random.nextInt(values.length)], 1 + random.nextInt(4),
                random.nextInt(3) == 0 ? 1 : 0.1 + 0.5 * random.nextDouble(), random.nextInt(4) == 0);
    }

    private static Cohort everybody(int nodes, int honest) {
        return new Cohort(nodes, OptionalInt.empty(), honest, PATIENCE);
    }

    private static Cohort some(int nodes, int honest, SplittableRandom random) {
        int minimum = 1 + random.nextInt(honest);
        OptionalInt size = random.nextBoolean()
                ? OptionalInt.of(minimum + random.nextInt(nodes - minimum + 1)) : OptionalInt.empty();
        double overSelection = size.isPresent() && random.nextBoolean() ? 1.5 : 1;
        Cohort plain = new Cohort(minimum + random.nextInt(nodes - minimum + 1), size, minimum, overSelection,
                Duration.ofSeconds(5 + random.nextInt(random.nextBoolean() ? 30 : 200)), random.nextBoolean());
        List<CohortSelector> selectors = List.of(new Uniform(), new BySize(),
                new PowerOfChoice(plain.asked().orElse(0) + 1), new Separated(new Uniform(), 1), new Cyclic(),
                new Poisson(0.6));
        CohortSelector selector = selectors.get(random.nextInt(selectors.size()));
        return selector.objection(plain).isPresent() ? plain
                : new Cohort(plain.nodes(), size, minimum, overSelection, plain.deadline(), plain.partialWork(),
                        selector);
    }

    /** The longest that the node works at a task. */
    Duration slowest(String node) {
        return node.equals(straggler) ? run.cohort().deadline().multipliedBy(2) : SLOWEST;
    }

    private static Schema schema(int features) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            columns.add(new Column.Number("x" + i, ""));
        }
        return new Schema(columns, new Column.Number("y", ""));
    }

    private static Table table(Schema schema, SplittableRandom random) {
        double[][] features = new double[schema.features().size()][ROWS];
        double[] labels = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            for (double[] column : features) {
                column[row] = random.nextDouble() * 2 - 1;
            }
            labels[row] = random.nextDouble();
        }
        return new Table(schema, features, labels, new boolean[ROWS]);
    }
}
