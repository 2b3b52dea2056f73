package dev.hansa.cli.report;

import java.util.List;

/**
 * The model of a run beside models trained otherwise, all measured on the same rows.
 *
 * @param caption  what was measured, on which rows
 * @param measures one bar each; smaller is better
 * @param unit     of the measures, or an empty text
 * @param rows     the models
 */
public record Comparison(String caption, List<String> measures, String unit, List<Row> rows) {

    public Comparison {
        measures = List.copyOf(measures);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.values().size() != measures.size()) {
                throw new IllegalArgumentException("the row " + row.model() + " has the values " + row.values()
                        + ", expected one for each of " + measures);
            }
        }
    }

    /**
     * One model.
     *
     * @param model   by whom it was trained
     * @param values  one for each measure
     * @param r2      explained share of the variance
     * @param ofThisRun whether it is the model that the run made
     */
    public record Row(String model, List<Double> values, double r2, boolean ofThisRun) {
        public Row {
            values = List.copyOf(values);
        }
    }
}
