/**
 * The {@code hansa} command.
 *
 * <p>It may import every other module; none imports it but the examples.
 */
@NullMarked
package dev.hansa.cli;

import org.jspecify.annotations.NullMarked;
