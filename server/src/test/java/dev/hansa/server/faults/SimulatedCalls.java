package dev.hansa.server.faults;

import dev.hansa.wire.HeaderNames;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes a node's OkHttp calls over the {@link Network}, each on the calling thread, which comes back when all of the answer
 * is there or nothing more comes.
 */
final class SimulatedCalls implements Call.Factory {
    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    private final String node;
    private final Network network;

    SimulatedCalls(String node, Network network) {
        this.node = node;
        this.network = network;
    }

    @Override
    public Call newCall(okhttp3.Request request) {
        Timeout timeout = new Timeout();
        return (Call) Proxy.newProxyInstance(Call.class.getClassLoader(), new Class<?>[]{Call.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "timeout" -> timeout;
                    case "cancel" -> null;
                    case "enqueue" -> {
                        exchange((Call) proxy, request, patience(timeout), (Callback) arguments[0]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Duration patience(Timeout timeout) {
        return timeout.timeoutNanos() > 0 ? Duration.ofNanos(timeout.timeoutNanos()) : Network.PATIENCE;
    }

    private void exchange(Call call, okhttp3.Request request, Duration patience, Callback callback)
            throws IOException {
        Response response;
        try {
            Exchange exchange = network.call(sent(request));
            response = response(request, exchange.head(patience), body(exchange, patience));
        } catch (IOException e) {
            callback.onFailure(call, e);
            return;
        }
        callback.onResponse(call, response);
    }

    private Request sent(okhttp3.Request request) throws IOException {
        Buffer body = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(body);
        }
        byte[] bytes = body.readByteArray();
        String range = request.header("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        long time = Long.parseLong(String.valueOf(request.header(HeaderNames.TIME)));
        return new Request(node, request.method(), request.url(), time, from, bytes, bytes.length);
    }

    private static Response response(okhttp3.Request request, Answer.Head head, ResponseBody body) {
        Response.Builder response = new Response.Builder().request(request).protocol(Protocol.HTTP_1_1)
                .code(head.status()).message("").body(body);
        head.headers().forEach(response::header);
        return response.build();
    }

    private static ResponseBody body(Exchange exchange, Duration patience) {
        return ResponseBody.create(Okio.buffer(new Body(exchange, patience)), BYTES, -1);
    }

    /** Waits for what comes behind the head; one that breaks off fails where it does. */
    private static final class Body implements Source {
        private final Exchange exchange;
        private final Duration patience;
        private final Buffer bytes = new Buffer();
        private @Nullable Answer answer;

        Body(Exchange exchange, Duration patience) {
            this.exchange = exchange;
            this.patience = patience;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            Answer arrived = answer;
            if (arrived == null) {
                arrived = exchange.answer(patience);
                answer = arrived;
                bytes.write(arrived.body());
            }
            long read = bytes.read(sink, byteCount);
            if (read < 0 && !arrived.whole()) {
                throw new EOFException("unexpected end of stream");
            }
            return read;
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public void close() {}
    }
}
