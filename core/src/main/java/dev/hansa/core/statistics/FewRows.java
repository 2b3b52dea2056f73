package dev.hansa.core.statistics;

/** Which cells of a histogram are left out because they would tell of too few. */
final class FewRows {
    private FewRows() {}

    /**
     * The cells to leave out: those of 1 to fewer than {@code fewest} rows.
     *
     * @param cells rows by cell, none negative
     */
    static boolean[] leftOut(long[] cells, long fewest) {
        return leftOut(cells, new boolean[cells.length], fewest);
    }

    /**
     * The same with some that are left out anyway. What is left out is known in sum, for all rows are told: if that is of one
     * cell alone, or fewer rows, the smallest of the others goes with it.
     *
     * @param anyway empty cells are told nevertheless
     */
    static boolean[] leftOut(long[] cells, boolean[] anyway, long fewest) {
        boolean[] out = new boolean[cells.length];
        long hidden = 0;
        int number = 0;
        for (int i = 0; i < cells.length; i++) {
            out[i] = cells[i] > 0 && (anyway[i] || cells[i] < fewest);
            hidden += out[i] ? cells[i] : 0;
            number += out[i] ? 1 : 0;
        }
        if (number == 1 || hidden > 0 && hidden < fewest) {
            int smallest = -1;
            for (int i = 0; i < cells.length; i++) {
                if (cells[i] > 0 && !out[i] && (smallest < 0 || cells[i] < cells[smallest])) {
                    smallest = i;
                }
            }
            if (smallest >= 0) {
                out[smallest] = true;
            }
        }
        return out;
    }
}
