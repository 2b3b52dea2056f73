package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.cli.promise.Amount;
import dev.hansa.core.model.Metrics;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is reported of several runs side by side.
 *
 * @param title    what is above the page
 * @param subtitle what they are, in a sentence
 * @param keys     by which cells differ; none if seeds alone do
 * @param cells    as they were asked for
 * @param headline the held-out metric to look at, such as {@code accuracy}
 * @param unit     of that metric, or an empty text
 * @param notes    what has to be known to read the numbers right
 * @param again    the command that makes the page again
 * @param version  of Hansa
 */
public record Sweep(String title, String subtitle, List<String> keys, List<SweptCell> cells, String headline,
        String unit, List<String> notes, String again, String version) {
    static final String EVALUATION = "evaluation.";
    static final String CENTRAL = "central.";
    /** What private runs have promised away, at their δ. */
    public static final String EPSILON = "privacy.epsilon";
    /** As a run file says that a run with noise of its own has no budget: no epsilon, which is told beside it. */
    private static final String UNLIMITED = "unlimited";
    static final String TRAINING_LOSS = "training." + Metrics.LOSS;

    public Sweep {
        keys = List.copyOf(keys);
        cells = List.copyOf(cells);
        notes = List.copyOf(notes);
    }

    /**
     * The metric that cells are compared by: on the coordinator's own rows, which are the same for all, if each finished
     * run was measured on some; otherwise on held-out rows.
     */
    public String metric() {
        List<SweptRun> finished = cells.stream().flatMap(cell -> cell.runs().stream()).filter(SweptRun::finished)
                .toList();
        String central = central(headline);
        return !finished.isEmpty() && finished.stream().allMatch(run -> run.last(central).isPresent()) ? central
                : heldOut(headline);
    }

    /** The metric as it is measured on the coordinator's own rows. */
    public static String central(String metric) {
        return CENTRAL + metric;
    }

    /** The metric as it is measured on the rows that clients hold out. */
    public static String heldOut(String metric) {
        return EVALUATION + metric;
    }

    /** All metrics that are told of runs with that headline in its table and curves. */
    public static Set<String> metrics(String headline) {
        Set<String> metrics = new LinkedHashSet<>();
        for (String metric : List.of(headline, Metrics.PERPLEXITY)) {
            metrics.add(central(metric));
            metrics.add(heldOut(metric));
        }
        metrics.add(heldOut(Metrics.LOSS));
        metrics.add(TRAINING_LOSS);
        metrics.add(EPSILON);
        return metrics;
    }

    /** The metric's name as people write it. */
    public static String name(String metric) {
        String bare = Headline.name(SweptRun.bare(metric));
        return metric.startsWith(CENTRAL) ? "central " + bare
                : metric.startsWith(EVALUATION) ? "held-out " + bare
                        : metric.equals(EPSILON) ? bare : "training " + bare;
    }

    /** From the best to the worst; without a value last. The first is the {@link #best()}, if there is one. */
    public List<SweptCell> ranked() {
        return cells.stream().sorted(order(metric())).toList();
    }

    /** The cell with the best mean of its last values; empty if there is one cell, or none was measured. */
    public Optional<SweptCell> best() {
        String metric = metric();
        return cells.size() < 2 ? Optional.empty()
                : cells.stream().min(order(metric)).filter(cell -> measured(cell, metric));
    }

    /** The better cell by that metric first, those that were not measured last. */
    public static Comparator<SweptCell> order(String metric) {
        Comparator<Double> order = Comparator.naturalOrder();
        Comparator<Double> better = SweptRun.smallerIsBetter(metric) ? order : order.reversed();
        return Comparator.comparing((SweptCell cell) -> !measured(cell, metric))
                .thenComparing(cell -> measured(cell, metric) ? cell.last(metric).mean() : 0, better);
    }

    /** Whether the cell has a value. Runs that failed must not make a setting look better than it is. */
    public static boolean measured(SweptCell cell, String metric) {
        Sample last = cell.last(metric);
        return last.size() > 0 && Double.isFinite(last.mean()) && cell.unfinished() == 0;
    }

    /** All runs. */
    public long runs() {
        return cells.stream().mapToLong(cell -> cell.runs().size()).sum();
    }

    /** Those that did not finish. */
    public long unfinished() {
        return cells.stream().mapToLong(SweptCell::unfinished).sum();
    }

    /** Whether some setting has several seeds. */
    boolean hasSeeds() {
        return cells.stream().anyMatch(cell -> cell.runs().size() > 1);
    }

    /** By what cells differ beside the keys. */
    public List<String> differences() {
        return cells.stream().flatMap(cell -> cell.settings().keySet().stream()).distinct()
                .filter(key -> !keys.contains(key)).toList();
    }

    /** Whether there is a cell for each pair of values of two keys. */
    boolean isPlane() {
        return keys.size() == 2
                && keys.stream().mapToLong(key -> values(key).size()).reduce(1, Math::multiplyExact) == cells.size();
    }

    /** The values of the key for people, in the order in which they come. */
    List<String> values(String key) {
        return cells.stream().map(cell -> shown(cell, key)).distinct().toList();
    }

    /** The last values of a metric for people; what was promised away is the most of all runs, and never shown smaller. */
    public static String text(SweptCell cell, String metric) {
        Sample last = cell.last(metric);
        return metric.equals(EPSILON) && last.size() > 0 ? Amount.epsilon(last.most()) : last.text();
    }

    private static String value(SweptCell cell, String key) {
        return cell.settings().getOrDefault(key, "–");
    }

    /** The cell's value of the key for people: a number with few digits, unless two that differ would look the same. */
    public String shown(SweptCell cell, String key) {
        List<String> values = cells.stream().map(any -> value(any, key)).distinct().toList();
        boolean clear = values.stream().map(Format::written).distinct().count() == values.size();
        String value = value(cell, key);
        return key.equals(EPSILON) && value.equals(UNLIMITED) ? "no budget" : clear ? Format.written(value) : value;
    }

    /** The settings of a cell for people, in the order of the keys. */
    List<String> shown(SweptCell cell) {
        return keys.stream().map(key -> shown(cell, key)).toList();
    }
}
