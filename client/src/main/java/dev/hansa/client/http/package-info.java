/**
 * The link over HTTPS: trust, signatures, retries, transfers that go on where they broke. Imports {@code dev.hansa.core},
 * {@code dev.hansa.wire}, OkHttp and Okio.
 *
 * <p>{@code SignedHttp} makes one call; {@code Retry} repeats what a repetition can mend; {@code ModelDownload} and
 * {@code UpdateUpload} move blobs; {@link dev.hansa.client.http.HttpLink} puts them together.
 */
@NullMarked
package dev.hansa.client.http;

import org.jspecify.annotations.NullMarked;
