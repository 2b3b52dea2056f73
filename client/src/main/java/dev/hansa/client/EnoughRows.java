package dev.hansa.client;

import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Table;

/**
 * Keeps rows back from runs that would see too few of them at a time: sums over a handful of rows give the rows away, and
 * a run could mark whom it wants to see alone as held out.
 *
 * <p>It does not protect against what several runs learn together, such as the same sums with and without a row.
 */
record EnoughRows(DataSource source) implements DataSource {
    /** The fewest rows that are summed up: to train on, and to evaluate on unless there is none. */
    static final int LEAST = 5;

    @Override
    public Table read(DataSpec spec) {
        Table table = source.read(spec);
        int training = table.rows(false).length;
        int heldOut = table.rows() - training;
        require(training, "to train on");
        if (heldOut > 0) {
            require(heldOut, "held out to evaluate on");
        }
        return table;
    }

    private static void require(int rows, String purpose) {
        if (rows < LEAST) {
            String problem = "there are fewer than " + LEAST + " rows " + purpose
                    + ", and sums over so few rows would give them away";
            throw new DataException(problem, problem + " (there are " + rows + ")");
        }
    }
}
