/**
 * The {@code hansa} command: where it starts, what it stands on, how it ends.
 *
 * <p>{@code command} holds what can be typed, one class each; {@code live} shows a run while it goes on, {@code report}
 * afterwards. The module may import every other; none imports it but the examples.
 */
@NullMarked
package dev.hansa.cli;

import org.jspecify.annotations.NullMarked;
