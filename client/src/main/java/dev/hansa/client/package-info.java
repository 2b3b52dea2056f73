/**
 * The node: takes tasks, trains on its own data and sends updates.
 *
 * <p>It may import {@code dev.hansa.core}, {@code dev.hansa.wire}, OkHttp, FastCSV and SLF4J, and runs on Android (API 26).
 */
@NullMarked
package dev.hansa.client;

import org.jspecify.annotations.NullMarked;
