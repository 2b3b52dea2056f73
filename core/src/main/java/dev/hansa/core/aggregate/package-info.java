/**
 * How the updates of a cohort become one {@link dev.hansa.core.model.Aggregate}. Imports {@code model}.
 */
@NullMarked
package dev.hansa.core.aggregate;

import org.jspecify.annotations.NullMarked;
