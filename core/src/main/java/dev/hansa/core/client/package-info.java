/**
 * What a client does with a task, wherever it runs: in a simulation, in a data centre, on a phone. Imports {@code learn},
 * {@code compress} and lower; never {@code coordinator}.
 */
@NullMarked
package dev.hansa.core.client;

import org.jspecify.annotations.NullMarked;
