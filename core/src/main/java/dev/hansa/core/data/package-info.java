/**
 * Rows at a client and how they become numbers: schema, table, statistics, preprocessing, examples. Imports
 * {@code model} only.
 */
@NullMarked
package dev.hansa.core.data;

import org.jspecify.annotations.NullMarked;
