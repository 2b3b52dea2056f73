package dev.hansa.core.question;

import dev.hansa.core.data.Bounds;

/** What is asked of one column. */
public sealed interface Asked {
    /** The most cells of a column. */
    int MOST_CELLS = 1_000;

    /** Of how many cells rows are counted; 0 for none. */
    int cells();

    /**
     * Of a column of numbers. Bounds are public: they are chosen by whoever asks, never taken from rows.
     *
     * @param low     values below count as this; finite
     * @param high    values above count as this; finite, greater than {@code low}
     * @param moments 0 for none, 1 for the sum, 2 for the sum of squares too
     * @param cells   of equal width between the bounds, each with its lower edge, the last with both
     */
    record Numbers(double low, double high, int moments, int cells) implements Asked {
        public Numbers {
            requireBounds(low, high);
            if (moments < 0 || moments > 2) {
                throw new IllegalArgumentException("moments is " + moments + ", expected 0, 1 or 2");
            }
            if (cells != 0) {
                requireCells(cells);
            }
        }

        /** Both bounds. */
        public Bounds bounds() {
            return new Bounds(low, high);
        }

        /** The place of the value between the bounds, from 0 to 1. */
        public double place(double value) {
            return bounds().place(value);
        }

        /** The middle of the bounds. */
        public double middle() {
            return bounds().middle();
        }

        /** The lower edge of a cell; of the number of cells the upper edge of the last. */
        public double edge(int cell) {
            return cell == cells ? high : low + (high - low) * cell / cells;
        }
    }

    /**
     * How many rows there are of each category.
     *
     * @param cells one a category
     */
    record Categories(int cells) implements Asked {
        public Categories {
            requireCells(cells);
        }
    }

    private static Bounds requireBounds(double low, double high) {
        return new Bounds(low, high);
    }

    private static void requireCells(int cells) {
        if (cells < 2 || cells > MOST_CELLS) {
            throw new IllegalArgumentException(
                    "rows are counted in " + cells + " cells, expected from 2 to " + MOST_CELLS);
        }
    }
}
