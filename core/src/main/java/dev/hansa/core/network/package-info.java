/**
 * Networks that train in single precision, a batch at a time, in buffers that are made once. Imports {@code kernel},
 * {@code model}, {@code privacy.rows} and {@code protocol}.
 */
@NullMarked
package dev.hansa.core.network;

import org.jspecify.annotations.NullMarked;
