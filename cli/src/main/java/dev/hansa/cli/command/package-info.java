/**
 * What can be typed after {@code hansa}: one small class for each command, and the groups of options that several share.
 * A command reads its options, calls one facade of another module, and prints.
 */
@NullMarked
package dev.hansa.cli.command;

import org.jspecify.annotations.NullMarked;
