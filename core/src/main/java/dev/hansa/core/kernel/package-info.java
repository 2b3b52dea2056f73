/**
 * The sums that training in single precision spends its time on, and who works them out. Imports the JDK alone.
 */
@NullMarked
package dev.hansa.core.kernel;

import org.jspecify.annotations.NullMarked;
