/** Measures a coordinator: what a round costs, what it moves, what it holds. Each figure comes from real requests. */
@NullMarked
package dev.hansa.cli.bench;

import org.jspecify.annotations.NullMarked;
