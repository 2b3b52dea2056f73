/**
 * The runs of a coordinator: each that is under way has a thread with a {@link dev.hansa.core.coordinator.RunLoop}.
 *
 * <p>It may import {@code dev.hansa.core}, {@code dev.hansa.spec}, {@code store}, {@code fleet} and {@code api}.
 */
@NullMarked
package dev.hansa.server.run;

import org.jspecify.annotations.NullMarked;
