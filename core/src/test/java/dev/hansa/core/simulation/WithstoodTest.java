package dev.hansa.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.aggregate.robust.Bucketing;
import dev.hansa.core.aggregate.robust.Bulyan;
import dev.hansa.core.aggregate.robust.CentredClipping;
import dev.hansa.core.aggregate.robust.CoordinateMedian;
import dev.hansa.core.aggregate.robust.GeometricMedian;
import dev.hansa.core.aggregate.robust.Krum;
import dev.hansa.core.aggregate.robust.MeanAroundMedian;
import dev.hansa.core.aggregate.robust.MultiKrum;
import dev.hansa.core.aggregate.robust.NormBound;
import dev.hansa.core.aggregate.robust.TrimmedMean;
import dev.hansa.core.aggregate.robust.TrustedRows;
import dev.hansa.core.coordinator.Cohort;
import dev.hansa.core.coordinator.MemoryStore;
import dev.hansa.core.coordinator.RunLoop;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.coordinator.StopRule;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Examples;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Preprocessing;
import dev.hansa.core.data.RandomTables;
import dev.hansa.core.data.Table;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.core.model.Seed;
import dev.hansa.core.model.Sums;
import dev.hansa.core.protocol.LocalTraining;
import dev.hansa.core.strategy.Strategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each rule withstands, measured: the tables of docs/robust.md. */
class WithstoodTest {
    private static final Digits DIGITS = new Digits();
    private static final Examples TEST = Preprocessing.identity(DIGITS.schema()).apply(DIGITS.test(),
            IntStream.range(0, DIGITS.test().rows()).toArray());
    /** What the coordinator trusts: five rows of each twentieth of all. */
    private static final Table CLEAN = RandomTables.pooled(
            DIGITS.iid().values().stream().map(table -> table.select(IntStream.range(0, 5).toArray())).toList());
    private static final List<Integer> BAD = List.of(2, 4, 8);
    private static final int ROUNDS = 30;

    /** By name, what makes the rule for so many bad clients. */
    private static Map<String, IntFunction<Aggregator>> rules() {
        Map<String, IntFunction<Aggregator>> rules = new LinkedHashMap<>();
        rules.put("mean", f -> new WeightedMean(Weighting.EXAMPLES));
        rules.put("normBound", f -> new NormBound(0.5));
        rules.put("median", f -> new CoordinateMedian());
        rules.put("trimmedMean", TrimmedMean::new);
        rules.put("meanAroundMedian", MeanAroundMedian::new);
        rules.put("geometricMedian", f -> new GeometricMedian(Weighting.EXAMPLES, 1e-6, 5));
        rules.put("centredClipping", f -> new CentredClipping(0.5, 3));
        rules.put("krum", Krum::new);
        rules.put("multiKrum", MultiKrum::new);
        rules.put("bulyan", Bulyan::new);
        rules.put("median, bucket: 2", f -> new Bucketing(2, new CoordinateMedian(), new Seed(3)));
        rules.put("fltrust", f -> new TrustedRows("clean"));
        return rules;
    }

    /** Renew the tables with {@code mvn -pl core test -Dtest=WithstoodTest -Dhansa.renew=true}. */
    @Test
    void thePageTellsWhatWasMeasured() throws IOException, InterruptedException {
        Path page = Path.of("../docs/robust.md");
        String text = Files.readString(page);
        String measured = replaced(replaced(text, "alike", table(DIGITS.iid())), "different",
                table(DIGITS.twoClassesEach()));
        if (Boolean.getBoolean("hansa.renew")) {
            Files.writeString(page, measured);
        }
        assertThat(page).as("renew it with mvn -pl core test -Dtest=WithstoodTest -Dhansa.renew=true").content()
                .isEqualTo(measured);
    }

    private static String replaced(String page, String name, String table) {
        String begin = "<!-- measured: " + name + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        return page.substring(0, from) + table + page.substring(page.indexOf("<!-- end -->", from));
    }

    private static String table(SortedMap<String, Table> tables) throws InterruptedException {
        StringBuilder text = new StringBuilder("\n| `aggregate` | " + Stream.of(Attacks.values())
                .map(Attacks::toString).collect(Collectors.joining(" | ")) + " |\n"
                + "|---|" + "---|".repeat(Attacks.values().length) + "\n");
        for (Map.Entry<String, IntFunction<Aggregator>> rule : rules().entrySet()) {
            text.append("| `").append(rule.getKey()).append("` |");
            for (Attacks attack : Attacks.values()) {
                StringBuilder cell = new StringBuilder();
                for (int bad : BAD) {
                    cell.append(cell.isEmpty() ? " " : " · ").append(accuracy(rule.getValue(), attack, bad, tables));
                }
                text.append(cell).append(" |");
            }
            text.append('\n');
        }
        return text.append('\n').toString();
    }

    /** In percent of the test rows, after the last round; a dash where the rule needs more clients. */
    private static String accuracy(IntFunction<Aggregator> rule, Attacks attack, int bad,
            SortedMap<String, Table> tables) throws InterruptedException {
        Aggregator aggregator = rule.apply(bad);
        if (aggregator.leastUpdates() > Digits.CLIENTS) {
            return "–";
        }
        Set<String> attackers = tables.keySet().stream().limit(bad).collect(Collectors.toCollection(TreeSet::new));
        RunSpec spec = new RunSpec("digits", "", new DataSpec("rows", DIGITS.schema(), new HoldOut.None(), false),
                new ModelSpec.Softmax(),
                Strategies.fedAvg(new LocalTraining(1, 10, 0.1, 0, 0, false), Weighting.EXAMPLES, 1)
                        .aggregating(aggregator),
                ROUNDS, new Cohort(Digits.CLIENTS, OptionalInt.empty(), Digits.CLIENTS, Duration.ofMinutes(1)), 0,
                StopRule.NEVER, new Seed(0));
        MemoryStore store = new MemoryStore(event -> {});
        try (LocalFleet fleet = new LocalFleet(Simulation.clients(attack.rows(tables, attackers)), 2)) {
            new RunLoop(Simulation.RUN, spec, new PoisonedFleet(fleet, attackers, attack), store, Simulation.CLOCK,
                    Map.of("clean", CLEAN)).run();
        }
        double correct = Learners.of(spec.model(), DIGITS.schema())
                .evaluate(store.latest(Simulation.RUN).orElseThrow().state().parameters(), TEST).get(Sums.CORRECT);
        return String.valueOf(Math.round(100 * correct / TEST.size()));
    }
}
