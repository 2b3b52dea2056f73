/**
 * All that a coordinator can ask of a client, and all that a client can answer. Imports {@code model} and {@code data}.
 */
@NullMarked
package dev.hansa.core.protocol;

import org.jspecify.annotations.NullMarked;
