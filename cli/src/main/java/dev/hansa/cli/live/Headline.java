package dev.hansa.cli.live;

import dev.hansa.core.coordinator.Evaluation;
import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Metrics;
import java.util.ArrayList;
import java.util.List;

/** The metrics that say most about a kind of run. */
public final class Headline {

    private Headline() {}

    /** The one metric to look at on held-out rows. */
    public static String metric(RunSpec spec) {
        return spec.data().schema().classification() ? Metrics.ACCURACY : Metrics.RMSE;
    }

    /** The metrics worth a number of their own, the first the most. */
    public static List<String> metrics(RunSpec spec) {
        if (!spec.data().schema().classification()) {
            return List.of(Metrics.RMSE, Metrics.R2);
        }
        List<String> metrics = new ArrayList<>(List.of(Metrics.ACCURACY));
        spec.evaluation().metrics().stream().filter(metric -> !metric.equals(Evaluation.CONFUSION))
                .forEach(metrics::add);
        if (metrics.contains(Metrics.AUC)) {
            metrics.add(metrics.indexOf(Metrics.AUC) + 1, Metrics.AUC_ERROR);
        }
        return List.copyOf(metrics);
    }

    /** The metric's name as the field writes it. */
    public static String name(String metric) {
        if (metric.startsWith(Metrics.CENTRAL)) {
            return "central " + name(metric.substring(Metrics.CENTRAL.length()));
        }
        return switch (metric) {
            case Metrics.RMSE -> "RMSE";
            case Metrics.MAE -> "MAE";
            case Metrics.R2 -> "R²";
            case Metrics.F1 -> "macro F1";
            case Metrics.AUC -> "AUC";
            case Metrics.AUC_ERROR -> "AUC bin error, at most";
            case Metrics.BALANCED_ACCURACY -> "balanced accuracy";
            case Metrics.LOG_LOSS -> "log-loss";
            case Metrics.CALIBRATION_ERROR -> "calibration error";
            default -> metric;
        };
    }
}
