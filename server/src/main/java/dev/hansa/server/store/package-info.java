/**
 * What outlives the process: one SQLite database and files named by their digest, in one data directory.
 *
 * <p>It may import {@code dev.hansa.core}, {@code dev.hansa.wire} and {@code api}.
 */
@NullMarked
package dev.hansa.server.store;

import org.jspecify.annotations.NullMarked;
