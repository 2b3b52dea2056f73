/**
 * Updates made smaller: fewer bits a value, fewer values. The same mathematics in a simulation and in production. Imports
 * {@code protocol} and lower.
 */
@NullMarked
package dev.hansa.core.compress;

import org.jspecify.annotations.NullMarked;
