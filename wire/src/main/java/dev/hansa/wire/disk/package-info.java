/**
 * Files as both sides keep them: for their owner alone, whole after a crash. Imports the JDK alone.
 */
@NullMarked
package dev.hansa.wire.disk;

import org.jspecify.annotations.NullMarked;
