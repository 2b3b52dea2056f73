package dev.hansa.core.data;

/**
 * The rows of a data owner.
 *
 * <p>Implementations may be read from several threads at once and need not cache.
 */
@FunctionalInterface
public interface DataSource {

    /**
     * All rows, in a fixed order.
     *
     * @throws DataException saying where the rows differ from the schema: file, row, column, what was found, what was
     *                       expected
     * @throws dev.hansa.core.FederationException if the rows cannot be read now
     */
    Table read(DataSpec spec);
}
