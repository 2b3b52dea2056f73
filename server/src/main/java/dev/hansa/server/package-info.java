/**
 * The coordinator, put together: {@link dev.hansa.server.Coordinator} starts all parts and closes them.
 *
 * <p>A request comes in through {@code http}, is recognised by {@code trust}, and ends in {@code fleet} (nodes and their
 * tasks), {@code run} (runs and their threads) or {@code store} (what outlives the process); {@code api} holds what
 * operators read. The server may import {@code dev.hansa.core}, {@code dev.hansa.spec} and {@code dev.hansa.wire}; it never
 * sees a node's data.
 */
@NullMarked
package dev.hansa.server;

import org.jspecify.annotations.NullMarked;
