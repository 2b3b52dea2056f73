package dev.hansa.spec;

import dev.hansa.core.data.Column;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Schema;
import dev.hansa.core.learn.Learners;
import dev.hansa.core.model.Metrics;
import dev.hansa.core.model.ModelSpec;
import dev.hansa.spec.document.Alternatives.Choice;
import dev.hansa.spec.document.Entries;
import dev.hansa.spec.document.Key;
import dev.hansa.wire.Limits;
import dev.hansa.wire.message.DataCodec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may stand in a run file alone, but not together.
 *
 * <p>Each rule looks only at what could be read, so that one run of the reader tells of these problems beside all others.
 */
final class Contradictions {
    private static final Set<String> OF_NUMBERS = Set.of(Metrics.RMSE, Metrics.MAE, Metrics.R2);

    private final Entries run;

    private Contradictions(Entries run) {
        this.run = run;
    }

    /** Adds the problems of the document to it. */
    static void check(Entries run) {
        Contradictions rules = new Contradictions(run);
        run.find(RunKeys.DATA).ifPresent(rules::columns);
        run.find(RunKeys.TRAINING).ifPresent(Contradictions::training);
        run.find(RunKeys.COMPRESSION).ifPresent(choice -> compression(choice.entries()));
        run.find(CohortKeys.COHORT).ifPresent(CohortRules::check);
        run.find(StopKeys.EVALUATION).ifPresent(rules::evaluation);
        StrategyRules.check(run);
        run.find(StopKeys.STOP).ifPresent(stop -> {
            rules.evaluated(stop, StopKeys.TARGET);
            rules.evaluated(stop, StopKeys.PATIENCE);
            StopKeys.rule(stop, StopKeys.TARGET).ifPresent(rules::target);
            StopKeys.rule(stop, StopKeys.PATIENCE).ifPresent(rules::patience);
        });
    }

    private Optional<Column> label() {
        return run.find(RunKeys.DATA).flatMap(data -> data.find(DataKeys.LABEL)).flatMap(all -> all.stream().findAny());
    }

    private void columns(Entries data) {
        List<Column> features = data.find(DataKeys.FEATURES).orElse(List.of());
        List<String> names = features.stream().map(Column::name).collect(Collectors.toList());
        Optional<Column> label = label();
        boolean twice = label.filter(column -> names.contains(column.name())).isPresent();
        if (twice) {
            data.at(DataKeys.LABEL).problem("the label " + label.get().name() + " is also among the features");
        } else if (label.isPresent() && !features.isEmpty()) {
            Schema schema = new Schema(features, label.get());
            size(data, schema);
            model(schema);
        }
        data.find(DataKeys.HOLD_OUT).flatMap(choice -> choice.entries().find(DataKeys.COLUMN)).ifPresent(column -> {
            if (names.contains(column) || label.filter(other -> other.name().equals(column)).isPresent()) {
                data.at(DataKeys.HOLD_OUT).problem("the column " + column
                        + " marks rows to hold out, so it can be neither feature nor label");
            }
        });
    }

    /** Whether nodes can be told of the data. */
    private static void size(Entries data, Schema schema) {
        HoldOut holdOut = new HoldOut.Marked(marked(data, DataKeys.COLUMN), marked(data, DataKeys.VALUE));
        int bytes = DataCodec.size(new DataSpec(data.find(DataKeys.SET).orElse(""), schema, holdOut, true));
        if (bytes > Limits.DATA_BYTES) {
            data.at(DataKeys.FEATURES).problem("all names, units and categories together take " + bytes
                    + " bytes, expected at most " + Limits.DATA_BYTES);
        }
    }

    private static String marked(Entries data, Key<String> key) {
        return data.find(DataKeys.HOLD_OUT).flatMap(choice -> choice.entries().find(key)).orElse("");
    }

    private static void training(Entries training) {
        if (training.isGiven(TrainingKeys.EPOCHS)
                && training.find(TrainingKeys.STEPS).filter(OptionalInt::isPresent).isPresent()) {
            training.at(TrainingKeys.EPOCHS)
                    .problem("steps says how much is trained, so epochs would be ignored; expected"
                            + " one of them");
        }
    }

    private static void compression(Entries compression) {
        String values = compression.find(CompressionKeys.VALUES).orElse(CompressionKeys.INT8);
        if (compression.isGiven(CompressionKeys.BLOCK) && !values.equals(CompressionKeys.INT8)) {
            compression.at(CompressionKeys.BLOCK).problem("only int8 has blocks, and values is " + values
                    + "; expected values: int8, or no block");
        }
    }

    private void model(Schema schema) {
        Optional<ModelSpec> model = run.find(RunKeys.MODEL).flatMap(ModelKeys::find);
        try {
            model.ifPresent(spec -> Learners.of(spec, schema));
        } catch (IllegalArgumentException e) { // label of another kind, or too many parameters
            run.at(RunKeys.MODEL).problem(String.valueOf(e.getMessage()));
        }
    }

    /** Every round is the default, and may be written though there is nothing to evaluate on. */
    private void evaluation(Entries evaluation) {
        if (nobodyHoldsOut() && evaluation.find(StopKeys.EVERY).orElse(0) > 1) {
            evaluation.at(StopKeys.EVERY).problem("there are no rows to evaluate on, so nothing is ever evaluated; set"
                    + " data.holdOut, or leave this out");
        }
    }

    private boolean nobodyHoldsOut() {
        return run.find(RunKeys.DATA).flatMap(data -> data.find(DataKeys.HOLD_OUT))
                .filter(choice -> choice.form().equals("none")).isPresent();
    }

    private void evaluated(Entries stop, Key<Choice> rule) {
        if (!StopKeys.rule(stop, rule).isPresent()) {
            return;
        }
        if (run.find(StopKeys.EVALUATION).flatMap(evaluation -> evaluation.find(StopKeys.EVERY))
                .equals(Optional.of(0))) {
            stop.at(rule)
                    .problem("nothing is evaluated, so this cannot end the run; set evaluation.every to 1 or more");
        }
        if (nobodyHoldsOut()) {
            stop.at(rule).problem("there are no rows to evaluate on, so this cannot end the run; set data.holdOut");
        }
    }

    private void target(Entries target) {
        metricOfLabel(target, StopKeys.TARGET_METRIC);
        String metric = target.find(StopKeys.TARGET_METRIC).orElse("");
        boolean atMostOne = metric.equals(Metrics.ACCURACY) || metric.equals(Metrics.R2);
        if (atMostOne && target.find(StopKeys.VALUE).orElse(0.0) > 1) {
            target.at(StopKeys.VALUE).problem(metric + " is never above 1, expected a value such as 0.95");
        }
    }

    private void patience(Entries patience) {
        metricOfLabel(patience, StopKeys.PATIENCE_METRIC);
        int rounds = run.find(RunKeys.ROUNDS).orElse(Integer.MAX_VALUE);
        if (patience.find(StopKeys.PATIENCE_ROUNDS).orElse(0) >= rounds) {
            patience.at(StopKeys.PATIENCE_ROUNDS).problem("the run ends after " + rounds
                    + " rounds anyway, expected fewer rounds of patience");
        }
    }

    private void metricOfLabel(Entries rule, Key<String> key) {
        Optional<Column> label = label();
        Optional<String> metric = rule.find(key);
        if (!label.isPresent() || !metric.isPresent()) {
            return;
        }
        boolean classes = label.get() instanceof Column.Category;
        if (classes && OF_NUMBERS.contains(metric.get())) {
            rule.at(key).problem(metric.get() + " measures numbers, but the label " + label.get().name()
                    + " is a category; use accuracy or loss");
        } else if (!classes && metric.get().equals(Metrics.ACCURACY)) {
            rule.at(key).problem("accuracy measures classes, but the label " + label.get().name()
                    + " is a number; use rmse, mae, r2 or loss");
        }
    }
}
