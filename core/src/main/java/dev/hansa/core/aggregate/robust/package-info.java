/**
 * Rules that combine updates of which some may be anything: each is a record that cites its paper. Imports
 * {@code aggregate} and what that may import.
 *
 * <p>A rule looks at {@link dev.hansa.core.aggregate.robust.Vectors}, as often as it must, and answers with a
 * {@link dev.hansa.core.aggregate.robust.Combination} of them; both are read block by block, in double precision.
 */
@NullMarked
package dev.hansa.core.aggregate.robust;

import org.jspecify.annotations.NullMarked;
