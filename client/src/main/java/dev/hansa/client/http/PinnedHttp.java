package dev.hansa.client.http;

import dev.hansa.wire.Sha256;
import dev.hansa.wire.trust.PinnedTrustManager;
import java.io.Closeable;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * HTTPS to one coordinator and to nobody else.
 *
 * <p>Guarantee: what answers has a certificate that names the host of the address and stands under the authority with the
 * fingerprint, and speaks TLS 1.2 or newer; to others not a byte of a request is sent. Safe for several threads.
 */
public final class PinnedHttp implements Closeable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** The coordinator thinks for 30 s at most: when there is no work. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(45);

    private final HttpUrl address;
    private final ExecutorService threads;
    private final OkHttpClient client;

    /**
     * @param address     {@code https://host:port}
     * @param fingerprint of the coordinator's authority
     */
    public PinnedHttp(URI address, Sha256 fingerprint) {
        this.address = HttpUrl.get(address.toString());
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "hansa-http");
            thread.setDaemon(true);
            return thread;
        });
        X509TrustManager trust = new PinnedTrustManager(fingerprint, Clock.systemUTC());
        this.client = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(threads))
                .sslSocketFactory(context(trust).getSocketFactory(), trust)
                .connectionSpecs(Collections.singletonList(ConnectionSpec.MODERN_TLS))
                .followRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(READ_TIMEOUT)
                .writeTimeout(READ_TIMEOUT)
                .build();
    }

    private static SSLContext context(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform has no TLS: " + e.getMessage(), e);
        }
    }

    /** Makes the calls. */
    public OkHttpClient client() {
        return client;
    }

    /** Where the path (and query) is at this coordinator. */
    public HttpUrl url(String pathAndQuery) {
        HttpUrl url = address.resolve(pathAndQuery);
        if (url == null) {
            throw new IllegalArgumentException("no path: " + pathAndQuery);
        }
        return url;
    }

    /** The coordinator's address, as people write it. */
    public String address() {
        return address.host() + ":" + address.port();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        threads.shutdown();
        client.connectionPool().evictAll();
    }
}
