package dev.hansa.server.faults;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Timeout;

/** Makes a node's OkHttp calls over the {@link Network}, each at once and on the calling thread. */
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
        return (Call) Proxy.newProxyInstance(Call.class.getClassLoader(), new Class<?>[]{Call.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "timeout" -> Timeout.NONE;
                    case "cancel" -> null;
                    case "enqueue" -> {
                        exchange((Call) proxy, request, (Callback) arguments[0]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void exchange(Call call, okhttp3.Request request, Callback callback) throws IOException {
        Response response;
        try {
            response = response(request, network.call(sent(request)));
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
        return new Request(node, request.method(), request.url(), from, bytes, bytes.length);
    }

    private static Response response(okhttp3.Request request, Answer answer) {
        Response.Builder response = new Response.Builder().request(request).protocol(Protocol.HTTP_1_1)
                .code(answer.status()).message("").body(body(answer));
        answer.headers().forEach(response::header);
        return response.build();
    }

    /** One that breaks off fails where it does. */
    private static ResponseBody body(Answer answer) {
        Buffer bytes = new Buffer().write(answer.body());
        BufferedSource source = answer.whole() ? bytes : Okio.buffer(new ForwardingSource(bytes) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long read = super.read(sink, byteCount);
                if (read < 0) {
                    throw new EOFException("unexpected end of stream");
                }
                return read;
            }
        });
        return ResponseBody.create(source, BYTES, answer.body().length);
    }
}
