/**
 * Models that train in plain Java. Imports {@code privacy.rows}, {@code protocol} and lower.
 */
@NullMarked
package dev.hansa.core.learn;

import org.jspecify.annotations.NullMarked;
