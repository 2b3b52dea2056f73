/**
 * The run file: read, checked and explained.
 *
 * <p>{@link dev.hansa.spec.RunFile} reads one; the classes named {@code …Keys} say what may stand in it and
 * {@code Contradictions} what may not stand together. It may import {@code dev.hansa.core} and
 * {@code dev.hansa.spec.document}.
 */
@NullMarked
package dev.hansa.spec;

import org.jspecify.annotations.NullMarked;
