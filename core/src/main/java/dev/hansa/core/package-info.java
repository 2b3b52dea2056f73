/**
 * Hansa's core: the algebra, the algorithms and the contracts of federated learning, on the JDK alone.
 *
 * <p>Packages stand on floors and import only lower ones: {@code model} and {@code data} (1), {@code protocol} (2),
 * {@code aggregate} and {@code compress} (3), {@code learn} and {@code strategy} (4), {@code client} and {@code coordinator} (5),
 * {@code simulation} (6). This root holds what all floors share: the exception, and suggestions for
 * names that were mistyped.
 */
@NullMarked
package dev.hansa.core;

import org.jspecify.annotations.NullMarked;
