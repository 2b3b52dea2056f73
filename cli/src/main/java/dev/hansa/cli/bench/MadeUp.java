package dev.hansa.cli.bench;

import dev.hansa.core.model.Sums;
import dev.hansa.wire.proto.Blob;
import dev.hansa.wire.proto.Column;
import dev.hansa.wire.proto.ColumnStatistics;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.proto.Task;
import java.util.HashMap;
import java.util.Map;

/** What a node without rows reports. */
final class MadeUp {
    private static final int TRAINING_ROWS = 15;
    private static final int HELD_OUT_ROWS = 5;
    private static final ColumnStatistics STATISTICS = ColumnStatistics.newBuilder().setCount(TRAINING_ROWS).setSum(7.5)
            .setSumOfSquares(5).build();

    private MadeUp() {}

    static Report description(Task task) {
        Map<String, ColumnStatistics> columns = new HashMap<>();
        for (Column feature : task.getData().getFeaturesList()) {
            columns.put(feature.getName(), STATISTICS);
        }
        columns.put(task.getData().getLabel().getName(), STATISTICS);
        return Report.newBuilder().setDescribed(Report.Described.newBuilder().setTrainingRows(TRAINING_ROWS)
                .setHeldOutRows(HELD_OUT_ROWS).putAllColumns(columns)).build();
    }

    static Report update(Blob difference) {
        return Report.newBuilder().setFitted(Report.Fitted.newBuilder().setDifference(difference)
                .setWeight(TRAINING_ROWS).putAllSums(sums(TRAINING_ROWS))).build();
    }

    static Report evaluation() {
        return Report.newBuilder().setEvaluated(Report.Evaluated.newBuilder().putAllSums(sums(HELD_OUT_ROWS))).build();
    }

    private static Map<String, Double> sums(int examples) {
        return Map.of(Sums.EXAMPLES, (double) examples, Sums.LOSS, 1.0, Sums.SQUARED_ERROR, 1.0, Sums.ABSOLUTE_ERROR,
                1.0, Sums.LABEL, 1.0, Sums.LABEL_SQUARED, 1.0);
    }
}
