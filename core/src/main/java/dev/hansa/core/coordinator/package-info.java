/**
 * The round loop and the contracts it stands on: where clients are ({@link dev.hansa.core.coordinator.Fleet}), what is
 * durable ({@link dev.hansa.core.coordinator.Store}). Imports {@code strategy}, {@code learn} and lower; never
 * {@code client}.
 */
@NullMarked
package dev.hansa.core.coordinator;

import org.jspecify.annotations.NullMarked;
