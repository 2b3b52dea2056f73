/**
 * How evenly a run treats its clients, read from the records of its rounds. Imports {@code coordinator} and {@code model}.
 */
@NullMarked
package dev.hansa.core.coordinator.fairness;

import org.jspecify.annotations.NullMarked;
