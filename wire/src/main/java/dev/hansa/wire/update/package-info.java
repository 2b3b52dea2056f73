/**
 * Updates on their way from a node to the coordinator: as safetensors, or in their compressed form, which is safetensors of
 * other types. Imports {@code dev.hansa.wire}, its safetensors, core, and zstd-jni, which need not be there.
 */
@NullMarked
package dev.hansa.wire.update;

import org.jspecify.annotations.NullMarked;
