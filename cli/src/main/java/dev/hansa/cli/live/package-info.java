/**
 * What a person sees of a run while it goes on: a few redrawn lines on a terminal, plain lines elsewhere. Fed by
 * {@link dev.hansa.core.coordinator.RunEvent}s, wherever they come from; imports {@code core} only.
 */
@NullMarked
package dev.hansa.cli.live;

import org.jspecify.annotations.NullMarked;
