/**
 * YAML documents that are described once: by the same description they are read, with all problems at once, and
 * explained.
 *
 * <p>A {@link dev.hansa.spec.document.Section} lists {@link dev.hansa.spec.document.Key}s; a key has a name, a
 * {@link dev.hansa.spec.document.Type}, a default and a meaning. It may import snakeyaml-engine, and of Hansa nothing
 * but {@code dev.hansa.core}'s exceptions.
 */
@NullMarked
package dev.hansa.spec.document;

import org.jspecify.annotations.NullMarked;
