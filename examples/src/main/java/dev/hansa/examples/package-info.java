/**
 * Runs to start from, each executed by the tests.
 *
 * <p>Nothing imports it.
 */
@NullMarked
package dev.hansa.examples;

import org.jspecify.annotations.NullMarked;
