/**
 * Both halves of each privacy mechanism: what clients are asked to do to their updates ({@code core.client} does it), how the
 * coordinator adds them up, and what both cost. Stands on {@code strategy} and {@code privacy}.
 */
@NullMarked
package dev.hansa.core.mechanism;

import org.jspecify.annotations.NullMarked;
