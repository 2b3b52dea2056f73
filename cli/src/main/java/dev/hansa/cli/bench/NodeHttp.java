package dev.hansa.cli.bench;

import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.PinnedTrustManager;
import dev.hansa.wire.trust.RequestSignature;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Signed calls of many nodes over HTTPS: each that is under way has a connection of its own. Who is turned away comes back
 * when it was told to. Safe for several threads.
 */
final class NodeHttp implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int BUSY = 503;

    static {
        // a node's client keeps its connection while it pauses: longer than the 30 seconds of the JDK's
        System.setProperty("jdk.httpclient.keepalive.timeout", "300");
    }

    private final URI address;
    private final HttpClient client;

    /** To the token's coordinator. */
    NodeHttp(Token token) {
        this.address = token.address();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null,
                    new TrustManager[]{new PinnedTrustManager(token.fingerprint(), Clock.systemUTC())}, null);
            this.client = HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1)
                    .executor(Executors.newVirtualThreadPerTaskExecutor()).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> get(Caller caller, String target) throws IOException, InterruptedException {
        return send(() -> request(caller, target, RequestSignature.of("GET", target, now(), NOTHING)).GET(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Reads all of the answer and keeps none of it. */
    void drain(Caller caller, String target) throws IOException, InterruptedException {
        send(() -> request(caller, target, RequestSignature.of("GET", target, now(), NOTHING)).GET(),
                HttpResponse.BodyHandlers.discarding());
    }

    HttpResponse<byte[]> post(Caller caller, String target, byte[] body) throws IOException, InterruptedException {
        return send(() -> request(caller, target, RequestSignature.of("POST", target, now(), body))
                .POST(BodyPublishers.ofByteArray(body)), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> put(Caller caller, String target, byte[] body) throws IOException, InterruptedException {
        return send(() -> request(caller, target, RequestSignature.ofUpload("PUT", target, now()))
                .PUT(BodyPublishers.ofByteArray(body)), HttpResponse.BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(Supplier<HttpRequest.Builder> request, HttpResponse.BodyHandler<T> reader)
            throws IOException, InterruptedException {
        while (true) {
            HttpResponse<T> answer = client.send(request.get().build(), reader);
            OptionalLong pause = answer.headers().firstValueAsLong("Retry-After");
            if (answer.statusCode() != BUSY || pause.isEmpty()) {
                return answer;
            }
            Thread.sleep(Duration.ofSeconds(pause.getAsLong()));
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private HttpRequest.Builder request(Caller caller, String target, RequestSignature signature) {
        return HttpRequest.newBuilder(URI.create(address + target)).header(HeaderNames.NODE, caller.name)
                .header(HeaderNames.TIME, Long.toString(signature.timeMillis()))
                .header(HeaderNames.SIGNATURE, signature.sign(caller.key));
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Who signs. */
    record Caller(String name, NodeKey key) {}
}
