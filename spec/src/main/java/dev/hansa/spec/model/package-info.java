/**
 * The model file: what a person takes away from a run, and predicts with.
 *
 * <p>It may import {@code dev.hansa.core}, {@code dev.hansa.spec}, {@code dev.hansa.spec.document} and
 * {@code dev.hansa.wire.safetensors}.
 */
@NullMarked
package dev.hansa.spec.model;

import org.jspecify.annotations.NullMarked;
