/**
 * All that a coordinator can ask of a client, and all that a client can answer. Imports {@code model},
 * {@code data} and {@code question}.
 */
@NullMarked
package dev.hansa.core.protocol;

import org.jspecify.annotations.NullMarked;
