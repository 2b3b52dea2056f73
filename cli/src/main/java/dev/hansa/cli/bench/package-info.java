/**
 * Measures a coordinator: what a round costs, what it moves, what it holds, each figure from real requests; and what its
 * aggregation costs, from real files.
 */
@NullMarked
package dev.hansa.cli.bench;

import org.jspecify.annotations.NullMarked;
