/**
 * The coordinator: runs, rounds, store, transport and page.
 *
 * <p>It may import {@code dev.hansa.core}, {@code dev.hansa.spec} and {@code dev.hansa.wire}; it never sees a node's data.
 */
@NullMarked
package dev.hansa.server;

import org.jspecify.annotations.NullMarked;
