/**
 * Who is who: the coordinator's own certificate authority, tokens that let nodes in, signatures that nodes make, and the
 * operator's secret.
 *
 * <p>It may import {@code dev.hansa.wire}, {@code store} and {@code api}.
 */
@NullMarked
package dev.hansa.server.trust;

import org.jspecify.annotations.NullMarked;
