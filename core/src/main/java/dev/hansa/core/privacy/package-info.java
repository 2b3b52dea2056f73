/** Differential privacy of a run: what its file asks for. What that costs is told by {@code privacy.accounting}. */
@NullMarked
package dev.hansa.core.privacy;

import org.jspecify.annotations.NullMarked;
