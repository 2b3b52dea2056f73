/**
 * Kernels on the Vector API, several times as fast as plain Java. Imports {@code core.kernel} alone; found by
 * {@code ServiceLoader} where the module {@code jdk.incubator.vector} is there.
 */
@NullMarked
package dev.hansa.simd;

import org.jspecify.annotations.NullMarked;
