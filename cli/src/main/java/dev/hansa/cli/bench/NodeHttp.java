package dev.hansa.cli.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hansa.core.FederationException;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.proto.Error;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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

    Answer get(Caller caller, String target) throws IOException, InterruptedException {
        return send(() -> request(caller, target, RequestSignature.of("GET", target, now(), NOTHING)).GET(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Reads all of the answer and keeps none of it, unless it tells of an error. */
    Answer drain(Caller caller, String target) throws IOException, InterruptedException {
        return send(() -> request(caller, target, RequestSignature.of("GET", target, now(), NOTHING)).GET(),
                head -> head.statusCode() / 100 == 2
                        ? HttpResponse.BodySubscribers.replacing(NOTHING)
                        : HttpResponse.BodySubscribers.ofByteArray());
    }

    Answer post(Caller caller, String target, byte[] body) throws IOException, InterruptedException {
        return send(() -> request(caller, target, RequestSignature.of("POST", target, now(), body))
                .POST(BodyPublishers.ofByteArray(body)), HttpResponse.BodyHandlers.ofByteArray());
    }

    Answer put(Caller caller, String target, byte[] body) throws IOException, InterruptedException {
        return send(() -> request(caller, target, RequestSignature.ofUpload("PUT", target, now()))
                .PUT(BodyPublishers.ofByteArray(body)), HttpResponse.BodyHandlers.ofByteArray());
    }

    private Answer send(Supplier<HttpRequest.Builder> request, HttpResponse.BodyHandler<byte[]> reader)
            throws IOException, InterruptedException {
        while (true) {
            HttpResponse<byte[]> answer = client.send(request.get().build(), reader);
            OptionalLong pause = answer.headers().firstValueAsLong("Retry-After");
            if (answer.statusCode() != BUSY || pause.isEmpty()) {
                return new Answer(answer.request().method() + " " + answer.uri().getPath(), answer.statusCode(),
                        answer.body());
            }
            Thread.sleep(Duration.ofSeconds(pause.getAsLong()));
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private HttpRequest.Builder request(Caller caller, String target, RequestSignature signature) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + target)).header(HeaderNames.NODE, caller.name);
        signature.headers(signature.sign(caller.key)).forEach(request::header);
        return request;
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    /**
     * What the coordinator said, other than to come back later.
     *
     * @param call what it was asked
     */
    record Answer(String call, int status, byte[] body) {

        /**
         * The body.
         *
         * @throws FederationException if the coordinator did not do what it was asked
         */
        byte[] accepted() {
            if (status / 100 != 2) {
                throw new FederationException("the coordinator answered " + status + " to " + call + reason(), false);
            }
            return body;
        }

        private String reason() {
            try {
                return ": " + Error.parseFrom(body).getMessage();
            } catch (InvalidProtocolBufferException e) {
                return ""; // not the coordinator's own words
            }
        }

        /** The same; nothing if one of the statuses says that this is normal life. */
        Optional<byte[]> acceptedUnless(int... normal) {
            return IntStream.of(normal).anyMatch(each -> each == status) ? Optional.empty() : Optional.of(accepted());
        }
    }

    /** Who signs. */
    record Caller(String name, NodeKey key) {}
}
