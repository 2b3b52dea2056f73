/** Commands of the data owner: what a node has told, and what it may do. */
@NullMarked
package dev.hansa.cli.command.node;

import org.jspecify.annotations.NullMarked;
