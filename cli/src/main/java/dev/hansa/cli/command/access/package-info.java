/**
 * What can be typed after {@code hansa access}.
 */
@NullMarked
package dev.hansa.cli.command.access;

import org.jspecify.annotations.NullMarked;
