/**
 * Differential privacy for each row of a training: what learners add up instead of a plain gradient. Imports
 * {@code privacy.clip} and {@code privacy.noise}.
 */
@NullMarked
package dev.hansa.core.privacy.rows;

import org.jspecify.annotations.NullMarked;
