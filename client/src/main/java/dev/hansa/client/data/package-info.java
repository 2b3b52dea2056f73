/**
 * The rows of a data owner, read from files. Imports {@code dev.hansa.core.data} and FastCSV.
 *
 * <p>What goes wrong is told twice: without a value of the data to the coordinator, with it to the owner (see
 * {@link dev.hansa.core.data.DataException}).
 */
@NullMarked
package dev.hansa.client.data;

import org.jspecify.annotations.NullMarked;
