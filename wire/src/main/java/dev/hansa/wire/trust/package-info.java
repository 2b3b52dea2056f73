/**
 * How coordinator and nodes know each other: tokens, request signatures, keys and the pinned authority, as
 * {@code docs/protocol.md} describes them. Imports {@code dev.hansa.wire}, the JDK
 * and Bouncy Castle's Ed25519 alone.
 */
@NullMarked
package dev.hansa.wire.trust;

import org.jspecify.annotations.NullMarked;
