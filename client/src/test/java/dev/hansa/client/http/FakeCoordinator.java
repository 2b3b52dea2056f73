package dev.hansa.client.http;

import com.google.protobuf.MessageLite;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.proto.Error;
import dev.hansa.wire.trust.NodePublicKey;
import dev.hansa.wire.trust.RequestSignature;
import dev.hansa.wire.trust.Secret;
import dev.hansa.wire.trust.Token;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;

/**
 * A coordinator that answers, over real TLS, what a test tells it to answer; the last answer of a call is repeated.
 *
 * <p>It takes no request that is not rightly signed, and keeps all of them.
 */
public final class FakeCoordinator extends Dispatcher implements AutoCloseable {
    /** What a call is answered. */
    public interface Answer extends Function<RecordedRequest, MockResponse> {}

    private final HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    private final MockWebServer server = new MockWebServer();
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private NodePublicKey key;

    private FakeCoordinator(String certifiedHost, List<Protocol> protocols) throws IOException {
        HeldCertificate certificate = new HeldCertificate.Builder().signedBy(authority)
                .addSubjectAlternativeName(certifiedHost).build();
        HandshakeCertificates tls = new HandshakeCertificates.Builder()
                .heldCertificate(certificate, authority.certificate()).build();
        server.useHttps(tls.sslSocketFactory());
        server.setProtocols(protocols);
        server.setDispatcher(this);
        server.start(InetAddress.getByName("localhost"), 0);
    }

    /** Starts a good one that prefers HTTP/2. */
    public FakeCoordinator() throws IOException {
        this("localhost");
    }

    /** Starts one whose certificate names the host. */
    public FakeCoordinator(String certifiedHost) throws IOException {
        this(certifiedHost, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    }

    /** Starts one that speaks HTTP/1.1 alone, whose connections can stall and break. */
    public static FakeCoordinator overHttp1() throws IOException {
        return new FakeCoordinator("localhost", List.of(Protocol.HTTP_1_1));
    }

    /** Lets only this key sign from now on. */
    public FakeCoordinator know(NodePublicKey only) {
        key = only;
        return this;
    }

    /**
     * @param call such as {@code GET /v1/tasks/next}, without the query
     */
    public FakeCoordinator on(String call, Answer... inThisOrder) {
        answers.computeIfAbsent(call, c -> new ArrayDeque<>()).addAll(List.of(inThisOrder));
        return this;
    }

    public URI address() {
        return URI.create("https://localhost:" + server.getPort());
    }

    public Sha256 fingerprint() {
        try {
            return Sha256.of(authority.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    public Token token() {
        return new Token(Token.Kind.JOIN, address(), fingerprint(), Secret.random());
    }

    /** What came for the call so far. */
    public synchronized List<RecordedRequest> requests(String call) {
        return requests.stream().filter(request -> call(request).equals(call)).collect(Collectors.toList());
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        Answer answer;
        synchronized (this) {
            requests.add(request);
            Deque<Answer> left = answers.get(call(request));
            if (left == null) {
                return error(ErrorCode.NOT_FOUND, "the test has no answer to " + call(request)).apply(request);
            }
            answer = left.size() > 1 ? left.remove() : left.element();
        }
        return key == null || rightlySigned(request)
                ? answer.apply(request)
                : error(ErrorCode.WRONG_SIGNATURE, "wrongly signed").apply(request);
    }

    private boolean rightlySigned(RecordedRequest request) {
        long time = Long.parseLong(request.getHeaders().get(HeaderNames.TIME));
        RequestSignature signature = request.getMethod().equals("PUT")
                ? RequestSignature.ofUpload("PUT", request.getTarget(), time)
                : RequestSignature.of(request.getMethod(), request.getTarget(), time, body(request));
        String header = request.getHeaders().get(HeaderNames.SIGNATURE);
        return signature.verify(header, key) && signature.headers(header).entrySet().stream()
                .allMatch(expected -> expected.getValue().equals(request.getHeaders().get(expected.getKey())));
    }

    private static String call(RecordedRequest request) {
        return request.getMethod() + " " + request.getUrl().encodedPath();
    }

    public static byte[] body(RecordedRequest request) {
        return request.getBody() == null ? new byte[0] : request.getBody().toByteArray();
    }

    public static Answer ok() {
        return request -> new MockResponse.Builder().build();
    }

    public static Answer bytes(byte[] content) {
        return request -> new MockResponse.Builder().body(new Buffer().write(content)).build();
    }

    public static Answer message(MessageLite message) {
        return bytes(message.toByteArray());
    }

    public static Answer offset(long has) {
        return request -> new MockResponse.Builder().addHeader(HeaderNames.OFFSET, has).build();
    }

    public static Answer error(ErrorCode code, String text) {
        return error(code, text, 0);
    }

    public static Answer error(ErrorCode code, String text, long time) {
        Error body = Error.newBuilder().setCode(code.word()).setMessage(text).setTimeMillis(time).build();
        return request -> new MockResponse.Builder().code(code.status()).body(new Buffer().write(body.toByteArray()))
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
