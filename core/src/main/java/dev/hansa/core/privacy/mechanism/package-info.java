/** The coordinator's halves of mechanisms, as rules that combine updates; the client's half is in {@code core.client}. */
@NullMarked
package dev.hansa.core.privacy.mechanism;

import org.jspecify.annotations.NullMarked;
