/**
 * An operator's side of a coordinator: its calls, and following a run from afar. Speaks the JSON of
 * {@code dev.hansa.server.api} over {@code dev.hansa.client}'s pinned HTTPS.
 */
@NullMarked
package dev.hansa.cli.operator;

import org.jspecify.annotations.NullMarked;
