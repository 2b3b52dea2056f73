/**
 * The run file: read, checked and explained.
 *
 * <p>It may import {@code dev.hansa.core} and snakeyaml-engine.
 */
@NullMarked
package dev.hansa.spec;

import org.jspecify.annotations.NullMarked;
