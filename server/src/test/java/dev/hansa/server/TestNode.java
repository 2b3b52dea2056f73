package dev.hansa.server;

import com.google.protobuf.ByteString;
import dev.hansa.core.client.Client;
import dev.hansa.core.model.Parameters;
import dev.hansa.core.protocol.Task;
import dev.hansa.wire.BlobRef;
import dev.hansa.wire.Endpoints;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.Sha256;
import dev.hansa.wire.message.ReportCodec;
import dev.hansa.wire.message.TaskCodec;
import dev.hansa.wire.proto.Error;
import dev.hansa.wire.proto.HelloRequest;
import dev.hansa.wire.proto.JoinRequest;
import dev.hansa.wire.proto.Next;
import dev.hansa.wire.proto.Report;
import dev.hansa.wire.safetensors.SafetensorsFile;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.RequestSignature;
import dev.hansa.wire.trust.Token;
import dev.hansa.wire.update.UpdateBlob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A node as the protocol tells it, without any help when something goes wrong. */
public final class TestNode {
    private final Https https;
    private final NodeKey key;
    private final String name;
    private final Clock clock;

    public TestNode(Https https, NodeKey key, String name, Clock clock) {
        this.https = https;
        this.key = key;
        this.name = name;
        this.clock = clock;
    }

    /** A node that has joined. */
    public static TestNode join(TestCoordinator coordinator, String name, String... dataSets) {
        TestNode node = new TestNode(coordinator.https(), NodeKey.generate(), name, coordinator.clock());
        HttpResponse<byte[]> answer = node.join(coordinator.joinToken(), name, dataSets);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("join: " + error(answer));
        }
        return node;
    }

    /** The same node, after its coordinator has started again. */
    public TestNode at(TestCoordinator coordinator) {
        TestNode node = new TestNode(coordinator.https(), key, name, coordinator.clock());
        node.hello("numbers");
        return node;
    }

    public HttpResponse<byte[]> join(Token token, String name, String... dataSets) {
        return post(Endpoints.JOIN, JoinRequest.newBuilder().setName(name).setVersion("test")
                .setSecret(ByteString.copyFrom(token.secret().toBytes()))
                .setPublicKey(ByteString.copyFrom(key.publicKey().toDer())).addAllDataSets(List.of(dataSets)).build()
                .toByteArray());
    }

    public HttpResponse<byte[]> hello(String... dataSets) {
        return post(Endpoints.HELLO,
                HelloRequest.newBuilder().setVersion("test").addAllDataSets(List.of(dataSets)).build().toByteArray());
    }

    public HttpResponse<byte[]> leave() {
        return post(Endpoints.LEAVE, new byte[0]);
    }

    /** Asks for work until there is some. */
    public dev.hansa.wire.proto.Task nextTask() {
        while (true) {
            HttpResponse<byte[]> answer = get(Endpoints.NEXT_TASK + "?wait=30");
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("next: " + error(answer));
            }
            Next next = parse(Next.parser(), answer);
            if (next.hasWork()) {
                return next.getWork();
            }
        }
    }

    public HttpResponse<byte[]> get(String target, String... headers) {
        return send("GET", target, new byte[0], clock.millis(), headers);
    }

    public HttpResponse<byte[]> post(String target, byte[] body) {
        return send("POST", target, body, clock.millis());
    }

    /** Sends a piece of an upload. */
    public HttpResponse<byte[]> put(String target, byte[] piece) {
        return send(RequestSignature.ofUpload("PUT", target, clock.millis()), piece);
    }

    /** Begins to send a piece of an upload, of so many bytes, which are to be written to the connection. */
    public Socket beginPut(String target, int bytes) throws IOException {
        return begin(RequestSignature.ofUpload("PUT", target, clock.millis()), bytes);
    }

    /** Begins to send a message, which is to be written to the connection. */
    public Socket beginPost(String target, byte[] body) throws IOException {
        return begin(RequestSignature.of("POST", target, clock.millis(), body), body.length);
    }

    /** Asks, and leaves the answer to be read. */
    public Socket beginGet(String target) throws IOException {
        return begin(RequestSignature.of("GET", target, clock.millis(), new byte[0]), 0);
    }

    private Socket begin(RequestSignature request, int bytes) throws IOException {
        Socket connection = https.connect();
        connection.getOutputStream()
                .write((request.method() + " " + request.target() + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Length: " + bytes + "\r\n" + HeaderNames.NODE + ": " + name + "\r\n"
                        + request.headers(request.sign(key)).entrySet().stream()
                                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                                .collect(Collectors.joining())
                        + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return connection;
    }

    /** Signs for one time, whatever the clock. */
    public HttpResponse<byte[]> send(String method, String target, byte[] body, long time, String... headers) {
        return send(RequestSignature.of(method, target, time, body), body, headers);
    }

    private HttpResponse<byte[]> send(RequestSignature request, byte[] body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(HeaderNames.NODE, name));
        request.headers(request.sign(key)).forEach((header, value) -> all.addAll(List.of(header, value)));
        return https.send(request.method(), request.target(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body),
                all.toArray(String[]::new));
    }

    public HttpResponse<byte[]> report(String task, Report report) {
        return post(Endpoints.at(Endpoints.REPORT, task), report.toByteArray());
    }

    public HttpResponse<byte[]> upload(String task, byte[] update) {
        return put(updatePath(task, update) + "?offset=0&size=" + update.length, update);
    }

    public static String updatePath(String task, byte[] update) {
        return Endpoints.at(Endpoints.UPDATE, task, Sha256.of(update).hex());
    }

    /** Takes the next task, does all that it asks with the client, and reports. */
    public void work(Client client) {
        dev.hansa.wire.proto.Task message = nextTask();
        try {
            Task task = TaskCodec.decode(message, this::fetch);
            var report = client.perform(task);
            HttpResponse<byte[]> answer =
                    report(message.getId(),
                            ReportCodec.encode(report, difference -> upload(message.getId(), difference)));
            if (answer.statusCode() != 204 && answer.statusCode() != 410) {
                throw new IllegalStateException("report: " + error(answer));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private BlobRef upload(String task, dev.hansa.core.model.ParameterSource difference) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            UpdateBlob.write(out, difference);
            byte[] update = out.toByteArray();
            upload(task, update);
            return new BlobRef(Sha256.of(update), update.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Parameters fetch(BlobRef blob) {
        try {
            Path file = Files.createTempFile("model", ".safetensors");
            Files.write(file, get(Endpoints.at(Endpoints.BLOB, blob.sha256().hex())).body());
            Parameters parameters = Parameters.load(SafetensorsFile.open(file));
            Files.delete(file);
            return parameters;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code of an error answer to a node. */
    public static String error(HttpResponse<byte[]> answer) {
        return answer.statusCode() + " " + body(answer).getCode();
    }

    /** The body of an error answer to a node. */
    public static Error body(HttpResponse<byte[]> answer) {
        return parse(Error.parser(), answer);
    }

    /** The message of a successful answer. */
    public static <T> T parse(com.google.protobuf.Parser<T> parser, HttpResponse<byte[]> answer) {
        try {
            return parser.parseFrom(answer.body());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
