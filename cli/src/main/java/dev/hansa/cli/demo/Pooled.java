package dev.hansa.cli.demo;

import dev.hansa.core.data.DataSource;
import dev.hansa.core.data.DataSpec;
import dev.hansa.core.data.Table;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The rows of two owners in one place, which in a federation nobody has. */
record Pooled(DataSource first, DataSource second) implements DataSource {

    @Override
    public Table read(DataSpec spec) {
        Table top = first.read(spec);
        Table bottom = second.read(spec);
        boolean[] heldOut = Arrays.copyOf(top.heldOut(), top.rows() + bottom.rows());
        System.arraycopy(bottom.heldOut(), 0, heldOut, top.rows(), bottom.rows());
        double[][] features = IntStream.range(0, top.features().length)
                .mapToObj(column -> concat(top.features()[column], bottom.features()[column]))
                .toArray(double[][]::new);
        return new Table(spec.schema(), features, concat(top.labels(), bottom.labels()), heldOut);
    }

    private static double[] concat(double[] top, double[] bottom) {
        double[] all = Arrays.copyOf(top, top.length + bottom.length);
        System.arraycopy(bottom, 0, all, top.length, bottom.length);
        return all;
    }
}
