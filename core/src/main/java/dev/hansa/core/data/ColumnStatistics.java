package dev.hansa.core.data;

/**
 * Count, sum and sum of squares of one column: all that a client tells of it.
 */
public record ColumnStatistics(long count, double sum, double sumOfSquares) {

    /** The statistics of both. */
    public ColumnStatistics plus(ColumnStatistics other) {
        return new ColumnStatistics(count + other.count, sum + other.sum, sumOfSquares + other.sumOfSquares);
    }

    /** Whether no sum is infinite or not a number. */
    public boolean isFinite() {
        return Double.isFinite(sum) && Double.isFinite(sumOfSquares);
    }

    /** The mean; 0 without rows. */
    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /**
     * The population deviation (divided by n, not n - 1); 0 for a constant column, even if rounding leaves a trace: of
     * numbers that differ by less than 3e-7 of their size nothing is left in sums of squares.
     */
    public double deviation() {
        if (count == 0) {
            return 0;
        }
        double meanOfSquares = sumOfSquares / count;
        double variance = meanOfSquares - mean() * mean();
        return variance <= 1e-13 * meanOfSquares ? 0 : Math.sqrt(variance);
    }
}
