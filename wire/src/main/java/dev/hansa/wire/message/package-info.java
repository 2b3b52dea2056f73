/**
 * Codecs between the messages of {@code hansa.proto} and the types of core. They hold no state and trust nobody: whatever
 * the bytes, the result is a value that core accepts or a {@link dev.hansa.wire.message.MalformedMessageException}.
 * Imports core, protobuf, {@code dev.hansa.wire} and, for files that are signed, {@code dev.hansa.wire.trust}.
 */
@NullMarked
package dev.hansa.wire.message;

import org.jspecify.annotations.NullMarked;
