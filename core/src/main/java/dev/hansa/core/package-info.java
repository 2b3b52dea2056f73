/**
 * Algorithms, privacy and the round as pure functions over parameters.
 *
 * <p>It imports the JDK alone and runs on Android (API 26).
 */
@NullMarked
package dev.hansa.core;

import org.jspecify.annotations.NullMarked;
