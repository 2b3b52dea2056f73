/**
 * What both sides of the wire share: names of blobs, limits, paths and headers.
 *
 * <p>The module may import {@code dev.hansa.core} and what single packages name; it opens no connection and runs on
 * Android (API 26). This package imports the JDK alone; the others import it.
 */
@NullMarked
package dev.hansa.wire;

import org.jspecify.annotations.NullMarked;
