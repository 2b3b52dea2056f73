/**
 * Ways to choose the clients of a round other than with the same probability, each a
 * {@link dev.hansa.core.coordinator.CohortSelector} with its paper. Imports {@code coordinator} and {@code model}.
 */
@NullMarked
package dev.hansa.core.coordinator.select;

import org.jspecify.annotations.NullMarked;
