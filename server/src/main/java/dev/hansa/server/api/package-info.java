/**
 * What the coordinator and its operators say to each other, as JSON: the records here, and of core
 * {@link dev.hansa.core.coordinator.RunEvent} and {@link dev.hansa.core.coordinator.RoundRecord}. Readers accept keys that
 * they do not know.
 */
@NullMarked
package dev.hansa.server.api;

import org.jspecify.annotations.NullMarked;
