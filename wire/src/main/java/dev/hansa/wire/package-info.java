/**
 * The messages between coordinator and node, and their codecs.
 *
 * <p>It may import {@code dev.hansa.core} and protobuf-java; it opens no connection and runs on Android (API 26).
 */
@NullMarked
package dev.hansa.wire;

import org.jspecify.annotations.NullMarked;
