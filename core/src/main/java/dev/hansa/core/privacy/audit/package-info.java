/**
 * Attacks that are carried out to find out whether a promise is kept, and what their success proves. Nothing here draws by
 * chance: who runs an attack tells which coins were tossed.
 */
@NullMarked
package dev.hansa.core.privacy.audit;

import org.jspecify.annotations.NullMarked;
