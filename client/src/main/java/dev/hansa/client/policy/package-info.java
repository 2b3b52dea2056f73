/**
 * What a data owner lets happen: the policy, what each task would cost, and who decides where the policy says to ask.
 *
 * <p>It may import {@code dev.hansa.core}, {@code dev.hansa.wire}, {@code ledger} and {@code http}'s
 * {@link dev.hansa.client.http.Doorkeeper}.
 */
@NullMarked
package dev.hansa.client.policy;

import org.jspecify.annotations.NullMarked;
