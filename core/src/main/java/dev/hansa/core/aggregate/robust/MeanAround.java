package dev.hansa.core.aggregate.robust;

/** The mean of the values that are closest to the median of each place. For one thread. */
final class MeanAround implements PlaceByPlace.PlaceRule {
    private final int kept;
    private double[][] sorted = new double[0][];

    /** @param kept how many values are closest */
    MeanAround(int kept) {
        this.kept = kept;
    }

    @Override
    public void combine(double[][] rows, int from, int to, double[] result) {
        int length = to - from;
        if (sorted.length != rows.length || sorted[0].length < length) {
            sorted = new double[rows.length][length];
        }
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], from, sorted[row], 0, length);
        }
        double[] median = new double[length];
        SortedRows.sort(sorted, 0, length);
        CoordinateMedian.ofSorted(sorted, 0, length, median);
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < length; i++) {
                sorted[row][i] = Math.abs(rows[row][from + i] - median[i]);
            }
        }
        SortedRows.sort(sorted, 0, length);
        for (int i = 0; i < length; i++) {
            result[from + i] = mean(rows, from + i, median[i], sorted[kept - 1][i]);
        }
    }

    /** Of those nearer than the last that is kept, and of those as near as that the first. */
    private double mean(double[][] rows, int place, double median, double farthest) {
        double sum = 0;
        int nearer = 0;
        for (double[] row : rows) {
            if (Math.abs(row[place] - median) < farthest) {
                sum += row[place];
                nearer++;
            }
        }
        for (int row = 0; nearer < kept; row++) {
            if (Math.abs(rows[row][place] - median) == farthest) {
                sum += rows[row][place];
                nearer++;
            }
        }
        return sum / kept;
    }
}
