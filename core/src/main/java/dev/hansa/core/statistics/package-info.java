/**
 * Statistics over the rows of many owners: what a client answers to a question, what that costs, and what follows from all
 * answers. Imports {@code question}, {@code data}, and the noise and events of {@code privacy}.
 */
@NullMarked
package dev.hansa.core.statistics;

import org.jspecify.annotations.NullMarked;
