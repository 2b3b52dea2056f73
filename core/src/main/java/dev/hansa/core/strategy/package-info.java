/**
 * Federated algorithms, each cut where the network lies: what to send out, and what to do with what comes back. Imports
 * {@code aggregate}, {@code protocol} and lower.
 */
@NullMarked
package dev.hansa.core.strategy;

import org.jspecify.annotations.NullMarked;
