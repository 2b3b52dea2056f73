package dev.hansa.cli.report;

import dev.hansa.core.coordinator.RoundRecord;
import dev.hansa.core.model.Metrics;
import java.util.List;

/** All metrics of a run as a tidy table: {@code round,scope,phase,metric,value}, one value a line. */
public final class MetricsCsv {
    private static final String HEADER = "round,scope,phase,metric,value\n";

    private MetricsCsv() {}

    /** The scope is {@code global} or a node's name; the phase {@code training} or {@code evaluation}. */
    public static String of(List<RoundRecord> rounds) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (RoundRecord round : rounds) {
            add(csv, round.round(), "global", round.training(), round.evaluation());
            round.clients()
                    .forEach((client, part) -> add(csv, round.round(), client, part.training(), part.evaluation()));
        }
        return csv.toString();
    }

    private static void add(StringBuilder csv, int round, String scope, Metrics training, Metrics evaluation) {
        add(csv, round, scope, "training", training);
        add(csv, round, scope, "evaluation", evaluation);
    }

    private static void add(StringBuilder csv, int round, String scope, String phase, Metrics metrics) {
        metrics.values().forEach((metric, value) -> csv.append(round).append(',').append(quoted(scope)).append(',')
                .append(phase).append(',').append(metric).append(',').append((double) value).append('\n'));
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
