package dev.hansa.cli.report;

import dev.hansa.cli.live.Format;
import dev.hansa.cli.live.Headline;
import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.data.Column;
import dev.hansa.core.model.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What to say of a private run whose model is hardly better than none: that the noise has outweighed what was learned. */
public final class LittleLearned {
    /** So much of what could be gained over the simplest guess is next to nothing. */
    private static final double NEXT_TO_NOTHING = 0.02;
    private static final int FEWEST_MEASUREMENTS = 3;

    /** What may help, at the end of each such text. */
    static final String ADVICE =
            "More clients in a round, a larger epsilon or fewer rounds make the noise smaller"
                    + " beside what is learned; 'hansa privacy plan' shows by how much.";

    private LittleLearned() {}

    /** Empty of a run that is not private, did not finish or was not measured, and if it has learned something. */
    public static Optional<String> of(RunResult result) {
        if (result.spec().privacy().isEmpty() || !result.finished()) {
            return Optional.empty();
        }
        List<Metrics> central = measured(result, RoundRecord::central);
        List<Metrics> course = central.isEmpty() ? measured(result, RoundRecord::evaluation) : central;
        return course.isEmpty() ? Optional.empty()
                : nothing(result, course.getLast()).or(() -> notMore(Headline.metric(result.spec()), course))
                        .or(() -> notMore(Metrics.LOSS, course)).map(what -> what + ". " + ADVICE);
    }

    private static List<Metrics> measured(RunResult result, Function<RoundRecord, Metrics> of) {
        String metric = Headline.metric(result.spec());
        return result.rounds().stream().map(of).filter(metrics -> metrics.get(metric).isPresent()).toList();
    }

    /** Against what needs no learning: the mean of labels, the most frequent class where it is known, or chance. */
    private static Optional<String> nothing(RunResult result, Metrics last) {
        OptionalDouble explained = last.get(Metrics.R2);
        if (explained.isPresent()) {
            return Optional.of("learnt next to nothing: R² " + Format.number(explained.getAsDouble())
                    + ", where the mean of all labels would have 0")
                    .filter(_ -> explained.getAsDouble() <= NEXT_TO_NOTHING);
        }
        OptionalDouble accuracy = last.get(Metrics.ACCURACY);
        Optional<Guess> guess = guess(result);
        if (accuracy.isEmpty() || guess.isEmpty()) {
            return Optional.empty();
        }
        double right = guess.get().right;
        return Optional.of("learnt next to nothing: accuracy " + Format.number(accuracy.getAsDouble()) + ", where "
                + guess.get().what + " would have " + Format.number(right))
                .filter(_ -> accuracy.getAsDouble() <= right + NEXT_TO_NOTHING * (1 - right));
    }

    private static Optional<String> notMore(String metric, List<Metrics> course) {
        double first = course.getFirst().get(metric).orElse(Double.NaN);
        double last = course.getLast().get(metric).orElse(Double.NaN);
        boolean told = !Double.isNaN(first) && !Double.isNaN(last) && course.size() >= FEWEST_MEASUREMENTS;
        return !told || Metrics.isBetter(metric, last, first) ? Optional.empty()
                : Optional.of("become no better than when it was first measured: " + Headline.name(metric) + " "
                        + Format.number(first) + " then, " + Format.number(last) + " at the end");
    }

    /** @param right its accuracy */
    private record Guess(String what, double right) {}

    private static Optional<Guess> guess(RunResult result) {
        if (!(result.spec().data().schema().label() instanceof Column.Category category)) {
            return Optional.empty();
        }
        Optional<SimulatedFleet> fleet = result.setting().fleet();
        if (fleet.isEmpty()) { // nobody knows how frequent classes are
            return Optional.of(new Guess("chance", 1.0 / category.categories().size()));
        }
        long[] rows = new long[category.categories().size()];
        List<int[]> clients = new ArrayList<>(fleet.get().rows().values());
        clients.forEach(counts -> Arrays.setAll(rows, i -> rows[i] + counts[i]));
        int most = 0;
        for (int i = 1; i < rows.length; i++) {
            most = rows[i] > rows[most] ? i : most;
        }
        double all = Arrays.stream(rows).sum();
        return all == 0 ? Optional.empty()
                : Optional.of(new Guess("always saying " + category.categories().get(most), rows[most] / all));
    }
}
