/**
 * What a node has told, in a chain of records that shows if one was changed, and what that has cost by differential privacy.
 *
 * <p>It may import {@code dev.hansa.core.privacy}, {@code dev.hansa.wire} and Gson.
 */
@NullMarked
package dev.hansa.client.ledger;

import org.jspecify.annotations.NullMarked;
