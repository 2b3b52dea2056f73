package dev.hansa.client.http;

import dev.hansa.wire.Endpoints;
import dev.hansa.wire.ErrorCode;
import dev.hansa.wire.HeaderNames;
import dev.hansa.wire.trust.NodeKey;
import dev.hansa.wire.trust.RequestSignature;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Makes one signed call, once.
 *
 * <p>An interrupt of the calling thread breaks the call off. The one thing it mends by itself is a clock that is wrong.
 */
final class SignedHttp {
    private static final MediaType PROTOBUF = MediaType.get(Endpoints.PROTOBUF);
    private static final byte[] NOTHING = {};

    private final Way way;
    private final Function<RequestSignature, String> signer;
    private final @Nullable String node;
    private final Timing timing;
    private final LinkListener listener;
    private final Duration patience;
    private volatile long aheadMillis;

    /**
     * @param node null as long as it has no name
     */
    SignedHttp(PinnedHttp coordinator, NodeKey key, @Nullable String node, Timing timing, LinkListener listener) {
        this(new Way(coordinator.client(), coordinator::url), signature -> signature.sign(key), node, timing, listener,
                Duration.ZERO);
    }

    /**
     * By another way, or signed by other means.
     *
     * @param patience how long a call may take as a whole; zero for as long as it moves
     */
    SignedHttp(Way way, Function<RequestSignature, String> signer, @Nullable String node, Timing timing,
            LinkListener listener, Duration patience) {
        this.way = way;
        this.signer = signer;
        this.node = node;
        this.timing = timing;
        this.listener = listener;
        this.patience = patience;
    }

    /** The same, but each call is over after the time. */
    SignedHttp within(Duration time) {
        SignedHttp hurried = new SignedHttp(way, signer, node, timing, listener, time);
        hurried.aheadMillis = aheadMillis;
        return hurried;
    }

    /** The answer to a question without a body, which may be {@linkplain Answers#beginning cut off}. */
    byte[] get(String pathAndQuery) throws IOException, ErrorAnswer, InterruptedException {
        return call(request(pathAndQuery).get(), NOTHING, Answers::beginning);
    }

    /** The answer to a control message. */
    byte[] post(String path, byte[] message) throws IOException, ErrorAnswer, InterruptedException {
        return call(request(path).post(RequestBody.create(message, PROTOBUF)), message, Answers::message);
    }

    /** The same, but returns when the answer begins. */
    Begun begin(String path, byte[] message) throws IOException, ErrorAnswer, InterruptedException {
        return correctingClock(() -> {
            Begun begun = new Begun(way.calls.newCall(
                    signed(request(path).post(RequestBody.create(message, PROTOBUF)), message)));
            begun.call.enqueue(begun);
            await(begun.call, begun.begin);
            return begun;
        });
    }

    /** Opens a blob from the given byte on. */
    <T> T download(String path, long from, Reader<T> reader) throws IOException, ErrorAnswer, InterruptedException {
        Request.Builder request = request(path).get().header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return call(request, NOTHING, reader);
    }

    /** Sends a part of a blob; the answer is how much of it the coordinator has. */
    long upload(String pathAndQuery, RequestBody part) throws IOException, ErrorAnswer, InterruptedException {
        return call(request(pathAndQuery).put(part), null, Answers::offset);
    }

    /** How much of an upload the coordinator has. */
    long offset(String path) throws IOException, ErrorAnswer, InterruptedException {
        return call(request(path).get(), NOTHING, Answers::offset);
    }

    private Request.Builder request(String pathAndQuery) {
        return new Request.Builder().url(way.url.apply(pathAndQuery));
    }

    private <T> T call(Request.Builder request, byte @Nullable [] body, Reader<T> reader)
            throws IOException, ErrorAnswer, InterruptedException {
        return correctingClock(() -> exchange(signed(request, body), reader));
    }

    private <T> T correctingClock(Retry.Attempt<T> attempt) throws IOException, ErrorAnswer, InterruptedException {
        try {
            return attempt.make();
        } catch (ErrorAnswer e) {
            if (!e.is(ErrorCode.CLOCK_SKEW) || e.coordinatorMillis() == 0) {
                throw e;
            }
            aheadMillis = e.coordinatorMillis() - timing.millis();
            listener.clockCorrected(Duration.ofMillis(aheadMillis));
            return attempt.make();
        }
    }

    /**
     * @param body null for that of an upload
     */
    private Request signed(Request.Builder builder, byte @Nullable [] body) {
        Request request = builder.build();
        String target = request.url().encodedPath()
                + (request.url().encodedQuery() == null ? "" : "?" + request.url().encodedQuery());
        long time = timing.millis() + aheadMillis;
        RequestSignature signature = body == null
                ? RequestSignature.ofUpload(request.method(), target, time)
                : RequestSignature.of(request.method(), target, time, body);
        signature.headers(signer.apply(signature)).forEach(builder::header);
        return node == null ? builder.build() : builder.header(HeaderNames.NODE, node).build();
    }

    private <T> T exchange(Request request, Reader<T> reader) throws IOException, ErrorAnswer, InterruptedException {
        Call call = way.calls.newCall(request);
        call.timeout().timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<T> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call done, Response response) {
                try (response) {
                    answer.complete(reader.read(Answers.requireSuccess(response)));
                } catch (Throwable e) {
                    answer.completeExceptionally(e);
                }
            }
        });
        return await(call, answer);
    }

    private static <T> T await(Call call, CompletableFuture<T> answer)
            throws IOException, ErrorAnswer, InterruptedException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            call.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    /** What happened on OkHttp's thread, as if it had happened on the caller's. */
    private static IOException cause(ExecutionException e) throws ErrorAnswer {
        Throwable cause = e.getCause();
        if (cause instanceof IOException io) {
            return io;
        } else if (cause instanceof ErrorAnswer answer) {
            throw answer;
        } else if (cause instanceof RuntimeException broken) {
            throw broken;
        }
        throw new IllegalStateException(cause);
    }

    /**
     * How calls go to the coordinator.
     *
     * @param calls makes them
     * @param url   of a path (and query)
     */
    record Way(Call.Factory calls, Function<String, HttpUrl> url) {}

    /** A call whose answer has begun successfully. */
    static final class Begun implements Callback {
        private final Call call;
        private final CompletableFuture<Boolean> begin = new CompletableFuture<>();
        private final CompletableFuture<byte[]> rest = new CompletableFuture<>();

        private Begun(Call call) {
            this.call = call;
        }

        /** The body, which may be {@linkplain Answers#beginning cut off}; empty if the link broke. */
        byte[] rest() throws InterruptedException {
            try {
                return SignedHttp.await(call, rest);
            } catch (IOException | ErrorAnswer e) {
                return NOTHING;
            }
        }

        /** Does without the rest. */
        void cancel() {
            call.cancel();
        }

        @Override
        public void onFailure(Call failed, IOException e) {
            begin.completeExceptionally(e);
        }

        @Override
        public void onResponse(Call done, Response response) {
            try (response) {
                Answers.requireSuccess(response);
                begin.complete(true);
                rest.complete(Answers.beginning(response));
            } catch (Throwable e) {
                begin.completeExceptionally(e);
                rest.completeExceptionally(e);
            }
        }
    }

    /** Takes what it needs of a successful answer, which is closed afterwards. */
    interface Reader<T> {
        T read(Response response) throws IOException;
    }
}
