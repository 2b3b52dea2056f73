package dev.hansa.client;

import dev.hansa.core.data.DataException;
import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.HoldOut;
import dev.hansa.core.data.Table;
import dev.hansa.wire.Limits;

/**
 * Keeps rows back from runs that would see too few of them at a time: sums over a handful of rows give the rows away, and
 * a run could mark whom it wants to see alone as held out.
 *
 * <p>It does not protect against what several runs learn together, such as the same sums with and without a row.
 */
record EnoughRows(DataSource source) implements DataSource {
    @Override
    public Table read(DataSpec spec) {
        Table table = source.read(spec);
        int training = table.rows(false).length;
        int heldOut = table.rows() - training;
        require(training, "to train on");
        boolean named = spec.holdOut() instanceof HoldOut.Marked; // none and few look alike: nobody learns who is there
        if (heldOut > 0 || named) {
            require(heldOut, "held out to evaluate on");
        }
        return table;
    }

    private static void require(int rows, String purpose) {
        if (rows < Limits.LEAST_ROWS) {
            String problem = "there are fewer than " + Limits.LEAST_ROWS + " rows " + purpose
                    + ", and sums over so few rows would give them away";
            throw new DataException(problem, problem + " (there are " + rows + ")");
        }
    }
}
