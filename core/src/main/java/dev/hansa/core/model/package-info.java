/**
 * Parameters, updates, aggregates, metrics: the algebra that all other packages speak. Imports nothing of Hansa but the
 * root package.
 */
@NullMarked
package dev.hansa.core.model;

import org.jspecify.annotations.NullMarked;
