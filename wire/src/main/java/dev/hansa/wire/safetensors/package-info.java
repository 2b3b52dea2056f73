/**
 * Parameters as <a href="https://huggingface.co/docs/safetensors">safetensors</a>, the form in which they are sent, stored
 * and given to other programs: 8 bytes little-endian header length N, N bytes of JSON, the values. No step holds more
 * than a chunk of the values. Imports core, Gson and {@code dev.hansa.wire}.
 */
@NullMarked
package dev.hansa.wire.safetensors;

import org.jspecify.annotations.NullMarked;
