/**
 * The nodes behind the network as a {@link dev.hansa.core.coordinator.Fleet}: who is there ({@link
 * dev.hansa.server.fleet.Nodes}), what they are asked ({@link dev.hansa.server.fleet.TaskBoard}), what they send
 * ({@link dev.hansa.server.fleet.Upload}).
 *
 * <p>It may import {@code dev.hansa.core}, {@code dev.hansa.wire}, {@code store} and {@code api}. It knows no HTTP.
 */
@NullMarked
package dev.hansa.server.fleet;

import org.jspecify.annotations.NullMarked;
