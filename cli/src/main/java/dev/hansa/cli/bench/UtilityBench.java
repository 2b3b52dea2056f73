package dev.hansa.cli.bench;

import dev.hansa.cli.promise.Promise;
import dev.hansa.cli.simulate.Trials;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.model.Metrics;
import dev.hansa.spec.RunFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/** Measures what privacy costs: how good a model is for each budget, mechanism by mechanism, on real data in simulation. */
public final class UtilityBench {
    private final UtilityWork work;
    private final Trials trials;
    private final int seeds;
    private final Consumer<String> progress;

    /** @param seeds how often each setting is run, by seeds 1, 2, … */
    public UtilityBench(UtilityWork work, Trials trials, int seeds, Consumer<String> progress) {
        this.work = work;
        this.trials = trials;
        this.seeds = seeds;
        this.progress = progress;
    }

    /**
     * One setting.
     *
     * @param mechanism empty for none
     * @param epsilon   infinite for none
     * @param noise     the noise multiplier; 0 for none
     * @param accuracy  by seed, in ascending order
     */
    public record Cell(String mechanism, double epsilon, double noise, List<Double> accuracy) {
        public Cell {
            accuracy = accuracy.stream().sorted().toList();
        }

        /** Of an odd number the one in the middle, of an even one the mean of both. */
        public double median() {
            return Median.of(accuracy.stream().mapToDouble(Double::doubleValue));
        }
    }

    /** All settings, the one without privacy first. */
    public List<Cell> measure(List<String> mechanisms, double... budgets) throws InterruptedException {
        RunFile open = work.file();
        List<Cell> cells = new ArrayList<>(List.of(cell("", Double.POSITIVE_INFINITY, open)));
        for (String mechanism : mechanisms) {
            for (double epsilon : budgets) {
                cells.add(cell(mechanism, epsilon, open.with(
                        Map.of("privacy", work.privacy(mechanism, epsilon)), open.spec().name())));
            }
        }
        return cells;
    }

    private Cell cell(String mechanism, double epsilon, RunFile file) throws InterruptedException {
        double[] accuracy = new double[seeds];
        for (int seed = 1; seed <= seeds; seed++) {
            accuracy[seed - 1] = accuracy(
                    trials.last(file.with(Map.of("seed", String.valueOf(seed)), file.spec().name())));
        }
        Cell cell = new Cell(mechanism, epsilon, Promise.of(file.spec()).map(Promise::noise).orElse(0.0),
                DoubleStream.of(accuracy).boxed().toList());
        progress.accept(work + ", " + (mechanism.isEmpty() ? "no privacy" : mechanism + ", epsilon " + epsilon)
                + ": " + Arrays.toString(accuracy));
        return cell;
    }

    private static double accuracy(RoundRecord last) {
        OptionalDouble central = last.central().get(Metrics.ACCURACY);
        return central.isPresent() ? central.getAsDouble() : last.evaluation().get(Metrics.ACCURACY).orElseThrow();
    }
}
