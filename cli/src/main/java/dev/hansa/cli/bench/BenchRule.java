package dev.hansa.cli.bench;

import dev.hansa.core.aggregate.Aggregator;
import dev.hansa.core.aggregate.WeightedMean;
import dev.hansa.core.aggregate.WeightedMean.Weighting;
import dev.hansa.core.aggregate.robust.Bucketing;
import dev.hansa.core.aggregate.robust.Bulyan;
import dev.hansa.core.aggregate.robust.CentredClipping;
import dev.hansa.core.aggregate.robust.CoordinateMedian;
import dev.hansa.core.aggregate.robust.FlTrust;
import dev.hansa.core.aggregate.robust.GeometricMedian;
import dev.hansa.core.aggregate.robust.Krum;
import dev.hansa.core.aggregate.robust.MeanAroundMedian;
import dev.hansa.core.aggregate.robust.MultiKrum;
import dev.hansa.core.aggregate.robust.NormBound;
import dev.hansa.core.aggregate.robust.TrimmedMean;
import dev.hansa.core.model.Layout;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.model.Seed;

/** A rule of aggregation by its name, with usual numbers. */
public enum BenchRule {
    MEAN("mean"), COORDINATE_MEDIAN("median"), TRIMMED_MEAN("trimmedMean"),
    MEAN_AROUND_MEDIAN("meanAroundMedian"), KRUM("krum"), MULTI_KRUM("multiKrum"), BULYAN("bulyan"),
    GEOMETRIC_MEDIAN("geometricMedian"), NORM_BOUND("normBound"), CENTRED_CLIPPING("centredClipping"),
    FL_TRUST("flTrust"), BUCKETING("bucketing");

    private static final double SMOOTHING = 1e-6;
    private static final int ITERATIONS = 3;
    /** Of this benchmark's updates: a norm that shortens some. */
    private static final double NORM_PER_ROOT = 0x1p-10 / Math.sqrt(12);

    private final String name;

    BenchRule(String name) {
        this.name = name;
    }

    /** The rule for updates of which f may be anything. */
    Aggregator with(int f, Layout layout) {
        return switch (this) {
            case MEAN -> new WeightedMean(Weighting.EXAMPLES);
            case COORDINATE_MEDIAN -> new CoordinateMedian();
            case TRIMMED_MEAN -> new TrimmedMean(f);
            case MEAN_AROUND_MEDIAN -> new MeanAroundMedian(f);
            case KRUM -> new Krum(f);
            case MULTI_KRUM -> new MultiKrum(f);
            case BULYAN -> new Bulyan(f);
            case GEOMETRIC_MEDIAN -> new GeometricMedian(Weighting.EXAMPLES, SMOOTHING, ITERATIONS);
            case NORM_BOUND -> new NormBound(norm(layout));
            case CENTRED_CLIPPING -> new CentredClipping(norm(layout), ITERATIONS);
            case FL_TRUST -> new FlTrust(Parameters.load(new RandomUpdate(layout, -1)));
            case BUCKETING -> new Bucketing(2, new CoordinateMedian(), new Seed(1));
        };
    }

    private static double norm(Layout layout) {
        return NORM_PER_ROOT * Math.sqrt(layout.size());
    }

    @Override
    public String toString() {
        return name;
    }
}
