package dev.hansa.server;

import dev.hansa.wire.trust.PinnedTrustManager;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Sends requests to the coordinator of a token, and to no other. */
public final class Https {
    private final URI address;
    private final HttpClient client;
    private final SSLContext context;

    public Https(Token token) {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new PinnedTrustManager(token.fingerprint(), Clock.systemUTC())},
                    null);
            address = token.address();
            client = HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection for those who write their requests by hand. */
    public Socket connect() throws IOException {
        return context.getSocketFactory().createSocket(address.getHost(), address.getPort());
    }

    public HttpResponse<byte[]> send(String method, String target, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + target)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
