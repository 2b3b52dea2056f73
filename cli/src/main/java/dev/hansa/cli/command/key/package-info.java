/** {@code hansa key}: keys by which authors stand for their run files. */
@NullMarked
package dev.hansa.cli.command.key;

import org.jspecify.annotations.NullMarked;
