/**
 * A federation inside one process: the same loop and the same clients, on threads instead of a network. Imports all
 * other packages.
 */
@NullMarked
package dev.hansa.core.simulation;

import org.jspecify.annotations.NullMarked;
