package dev.hansa.cli.live;

import dev.hansa.core.coordinator.RunSpec;
import dev.hansa.core.model.Metrics;
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
        return spec.data().schema().classification() ? List.of(Metrics.ACCURACY) : List.of(Metrics.RMSE, Metrics.R2);
    }

    /** The metric's name as the field writes it. */
    public static String name(String metric) {
        return switch (metric) {
            case Metrics.RMSE -> "RMSE";
            case Metrics.MAE -> "MAE";
            case Metrics.R2 -> "R²";
            default -> metric;
        };
    }
}
